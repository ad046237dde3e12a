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

    def draw(to: To, prefix: str) -> Diagram:
        question = book.wizard.question(one.question)
        node = _outcome(question, one.otherwise, to)
        for step in reversed(one.steps):
            yes = TreeBranch(label="yes", node=_outcome(question, step.then, to))
            node = TreeNode(text=step.ask, branches=(yes, TreeBranch(label="no", node=node)))
        return draw_tree(DecisionTree(title=one.name, root=node), prefix)

    return Drawing(f"tree-{one.id}", WIZARD, draw, _READING)


_READING = (
    "Begin at the top and answer each question.",
    "A yes leads to the answer at its side, a no to the next question.",
)


def _outcome(question: Question | None, text: str, to: To) -> TreeNode:
    option = question.named(text) if question else None
    if question is None or option is None:
        return TreeNode(text=text)
    return TreeNode(text=option.name, note=option.note, href=to(option_path(question, text)))
