"""The wizard's decision trees."""

from __future__ import annotations

from statusgen.draw.figure import Diagram
from statusgen.draw.model import DecisionTree, TreeBranch, TreeNode
from statusgen.draw.tree import draw_tree
from statusgen.publish.roadmaps.drawings import Drawing
from statusgen.publish.roadmaps.table import To
from statusgen.publish.roadmaps.wizard_dossier import WIZARD, WizardDossier, option_path
from statusgen.roadmap.model import Question, Tree


def tree(book: WizardDossier, one: Tree) -> Drawing:
    """Draw a tree; its outcomes lead to the options."""

    say = book.words.say

    def draw(to: To, prefix: str) -> Diagram:
        question = book.wizard.question(one.question)
        node = _outcome(question, one.otherwise, to)
        for step in reversed(one.steps):
            yes = TreeBranch(label=say("drawings.yes"), node=_outcome(question, step.then, to))
            no = TreeBranch(label=say("drawings.no"), node=node)
            node = TreeNode(text=step.ask, branches=(yes, no))
        return draw_tree(DecisionTree(title=one.name, root=node, words=book.words), prefix)

    reading = tuple(say(f"drawings.tree-read-{part}") for part in ("top", "yes"))
    return Drawing(f"tree-{one.id}", WIZARD, draw, reading)


def _outcome(question: Question | None, text: str, to: To) -> TreeNode:
    option = question.named(text) if question else None
    if question is None or option is None:
        return TreeNode(text=text)
    return TreeNode(text=option.name, note=option.note, href=to(option_path(question, text)))
