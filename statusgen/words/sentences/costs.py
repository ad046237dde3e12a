"""What is missing in a cost, as the end of: $41, without …"""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "price": one("the price", "that nobody wrote down"),
    "price-of": one("the price of {what}", "{what}: a product"),
    "usage": one("the usage", "that nobody wrote down"),
    "usage-of": one("the usage of {what}"),
    "number": one("the number of {units}", "{units}: seats"),
    "percent-of": one("the {what} that the percentage is taken of", "{what}: as its author wrote"),
    "percent-of-sales": one("the sales that the percentage is taken of"),
    "period": one("the amounts without a stated period"),
    "own-servers": one("the cost of the own servers"),
    "beyond-free": one("the usage beyond what is free"),
    "upper-end": one("the upper end in {currency}", "{currency}: USD"),
    "runs-before": one("what runs before it", "not in a cost; it: a stage of a plan"),
    "item-prices": one("the prices of its items"),
    "option-of": one("the option of {what}", "{what}: an item; nobody chose one yet"),
}
