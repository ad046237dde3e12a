"""The words: keys and plain values in, sentences of one language out.

Rooms decide *what* is so and hand out a key with values; whoever speaks to people (pages, feeds,
incident texts, notifications, the terminal) holds a :class:`Words` and lets it say it. There is no
language in a global: a ``Words`` is made where a command begins and handed on.

To add a sentence
    1. Write it in the module of ``words/sentences/`` whose name is the first part of its key::

           "no-data": many("{count} day without data", "{count} days without data"),

       ``one(text)``, or ``many(one, other)`` where a ``count`` chooses the form. Names in braces
       are the values. A ``note=`` tells translators what they cannot see. A whole sentence is one
       entry: no language puts the pieces of another together in the same order.
    2. Say it. In Python ``words.say("days.no-data", count=3)``; in a template
       ``{{ say("days.no-data", count=days | length) }}``, which escapes the sentence and its
       values (values that are ``Markup``, a link or a ``<time>``, stay what they are).
    3. ``make words`` (extracts ``locale/statusgen.pot``, brings the other languages up to date,
       compiles them). Tests fail where a key is said that nobody wrote, where nobody says a key,
       where values do not fit, and where a sentence stands outside of this room.

    Counts are given as ``int`` and written by the language. Give other numbers, dates, durations
    and lists as the texts of ``words.number``, ``percent``, ``milliseconds``, ``duration``,
    ``elapsed``, ``short_day``, ``long_day``, ``month``, ``span``, ``joined``.

To return what is to be said, where a room may not speak
    Hand out a ``base.saying.Saying(key, values)``; who speaks calls ``words.tell(saying)``.

Which file holds what
    ``sentences/``   English, by who speaks: the source of all languages
    ``sentence.py``  what an entry is
    ``speaker.py``   ``Words``
    ``nouns.py``     one noun for another: an author's phases are stages to our sentences
    ``language.py``  what a language writes by itself, and English
    ``cldr.py``      every other language, by Babel; the one module that needs it
    ``markup.py``    sentences for HTML; needs markupsafe
    ``catalogue.py`` compiled translations, read with gettext
    ``extract.py``   ``make words``
    ``reasons.py``   why a check is not up, for whoever says it
    ``uptime.py``    what a printed uptime means
    ``worded.py``    English of costs and findings that a page says again
    ``retelling.py`` our English of incident files, told again in another language
    ``money.py``     amounts of money, and the one rule by which they are rounded
    ``amount.py``    an amount written in English that a page tells again in its language
    ``locale/``      ``statusgen.pot``, and ``<language>/LC_MESSAGES/statusgen.po`` and ``.mo``

English, the source, needs neither Babel nor a catalogue. A further language is the folder that
``python -m statusgen.words.extract --add de`` makes.
"""

from statusgen.words.language import English, Language
from statusgen.words.speaker import Words

__all__ = ["English", "Language", "Words"]
