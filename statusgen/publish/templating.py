"""The one maker of pages: the templates of this room and of ``roadmaps``, and the words they know.

Autoescape is on and unknown names are errors, for whatever is published as HTML, SVG or XML.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment
from jinja2.environment import TemplateModule

from statusgen import __version__
from statusgen.audit import RULES
from statusgen.base.states import Look
from statusgen.publish.appearance import impact_state
from statusgen.publish.bars import LOOKS, draw_bars, draw_key, look_key
from statusgen.publish.links import (
    SEARCH,
    component_path,
    day_path,
    incident_path,
    month_path,
    safe_link,
    window_path,
)
from statusgen.publish.markdown import render_markdown
from statusgen.publish.precompiled import environment
from statusgen.publish.roadmaps import addresses, lead, live_tables, stage_names, words
from statusgen.publish.roadmaps.wizard_dossier import WIZARD
from statusgen.roadmap.costs import option_cost
from statusgen.roadmap.moments import state_of


def fill(template: str, **values: Any) -> str:
    """Return a template of either folder with its values filled in."""
    return _environment().get_template(template).render(**values)


def macros(**values: Any) -> TemplateModule:
    """Return the macros of the status pages with the values that they know, for many pages."""
    return _environment().get_template("macros.html").make_module(values)


@cache
def _environment() -> Environment:
    env = environment()
    env.filters |= {"code": words.with_code, "dashed": words.dashed, "sentence": words.sentence}
    env.globals |= _STATUS_PAGES | _ROADMAPS
    return env


_STATUS_PAGES: dict[str, Any] = {
    "component_path": component_path,
    "day_path": day_path,
    "draw_bars": draw_bars,
    "draw_key": draw_key,
    "impact_state": impact_state,
    "look_key": look_key,
    "incident_path": incident_path,
    "markdown": render_markdown,
    "month_path": month_path,
    "window_path": window_path,
    "safe_link": safe_link,
    "search_path": SEARCH,
    "looks": tuple(look for look in LOOKS if look is not Look.UNMONITORED),
    "version": __version__,
}
_ROADMAPS: dict[str, Any] = {
    "dual_table": live_tables.dual_table,
    "dual_told": live_tables.dual_told,
    "index": addresses.INDEX,
    "item_path": addresses.item_path,
    "state_of": state_of,
    "stage_label": stage_names.stage_label,
    "when_told": words.when_told,
    "lead": lead,
    "option_cost": option_cost,
    "part_name": addresses.part_name,
    "part_path": addresses.part_path,
    "roadmap_path": addresses.roadmap_path,
    "rules": RULES,
    "section_path": addresses.section_path,
    "stage_forecast": live_tables.stage_forecast,
    "stage_minute": live_tables.stage_minute,
    "stage_path": addresses.stage_path,
    "view_path": addresses.view_path,
    "wizard_path": WIZARD,
}
