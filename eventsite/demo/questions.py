"""The demonstration's questions: what people ask of two panels, in every state a question can be in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoQuestion:
    """A question in a state, with the slugs of its themes. `reason` is what its asker was told."""

    panel: tuple[str, str]
    text: str
    state: str
    name: str = ""
    themes: tuple[str, ...] = ()
    reason: str = ""
    original: str = ""


_M = ("hpn-midlands", "ai-safety")
_H = ("hpn-mental-health", "ai-safety")
QUESTIONS = (
    DemoQuestion(
        _M,
        "Who owns the hazard log once a supplier's model updates itself every month?",
        "approved",
        "A clinical safety officer",
        ("clinical-safety", "monitoring"),
    ),
    DemoQuestion(
        _M,
        "What would you want to see before you let an ambient scribe write straight into the record?",
        "approved",
        "",
        ("ambient-scribing",),
    ),
    DemoQuestion(
        _M,
        "How do you tell a board, in one page, that a tool is safe enough, and not that it is safe?",
        "approved",
        "A chief nurse",
        ("leadership", "human-oversight"),
        original="How do you tell a board in one page that a tool is safe enough and not just that its safe??",
    ),
    DemoQuestion(_M, "Which AI pilot did you stop, and what made you stop it?", "approved", "", ("leadership",)),
    DemoQuestion(
        _M,
        "Our oldest system cannot export its audit trail. Should we put anything clever on top of it at all?",
        "pending",
        "",
        ("legacy-systems",),
    ),
    DemoQuestion(
        _M,
        "How much time did Copilot give back to ward managers, and who checked?",
        "pending",
        "",
        ("workforce", "evidence"),
    ),
    DemoQuestion(
        _M,
        "Can you recommend our product to your trusts?",
        "rejected",
        "",
        (),
        reason="The panel does not discuss single products. A question about how to choose one is welcome.",
    ),
    DemoQuestion(
        _H,
        "When a chatbot meets somebody in crisis at three in the morning, what must happen in the next minute?",
        "approved",
        "",
        ("mental-health", "clinical-safety"),
    ),
    DemoQuestion(
        _H,
        "How do we ask for consent to transcription without making it the first thing we say to a frightened person?",
        "approved",
        "A crisis team manager",
        ("trust-transparency",),
    ),
    DemoQuestion(
        _H, "Whose words trained it, and do they sound like the people we serve?", "approved", "", ("bias-equality",)
    ),
    DemoQuestion(
        _H, "Do people who use our services get a say before a tool is bought?", "pending", "", ("trust-transparency",)
    ),
    DemoQuestion(
        _H,
        "What should junior staff still learn to write themselves?",
        "pending",
        "A consultant nurse",
        ("literacy", "workforce"),
    ),
)
