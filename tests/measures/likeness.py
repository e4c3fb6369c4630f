"""`python -m tests.measures likeness [--final] [--plot FILE] [--growth] [--fit] [--missed]`: what asks the same.

Without an option: every method on the tuning half, cross-validated by group (its threshold, and our weights, are found
without the group that is scored), then our curve. The final half is not for tuning: `--final` scores it once, at the
end. `--growth` times the search among 500, 5,000 and 50,000 questions; `--fit` prints the weights for scoring.py.
"""

import argparse
import random
import resource
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median, quantiles
from time import process_time

from eventsite.likeness import SAME, SURE, Index
from tests.measures.likeness_fitting import FOLDS, Model, Pair, Validation, cross_validated, f1, fitted, labelled
from tests.measures.likeness_methods import methods

GOAL = 0.85
SEEDS = range(5)
THRESHOLDS = [number / 100 for number in range(5, 100, 5)]
SIZES = (500, 5_000, 50_000)
SEARCHES = 50
OURS = "frames, meanings, differences (ours)"


def main(arguments: list[str]) -> None:
    """Prints what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.measures likeness")
    parser.add_argument("--final", action="store_true", help="score the half that nobody tuned to")
    parser.add_argument("--plot", type=Path, help="write our curve as SVG")
    parser.add_argument("--growth", action="store_true", help="time the search among more and more questions")
    parser.add_argument("--fit", action="store_true", help="print the weights for eventsite/likeness/scoring.py")
    parser.add_argument("--missed", action="store_true", help="print each pair of the tuning half that was got wrong")
    chosen = parser.parse_args(arguments)
    if chosen.growth:
        print(growth())
    elif chosen.fit:
        print(weights(fitted()))
    else:
        _report("final" if chosen.final else "tuning", plot=chosen.plot, missed=chosen.missed)


def weights(model: Model) -> str:
    """A model as scoring.py has it."""
    found = {"SUBJECT": model.subject, "QUESTION": model.question}
    lines = {kind: [f'    "{name}": {weight:.2f},' for name, weight in each.items()] for kind, each in found.items()}
    return "\n".join("\n".join([f"{kind} = {{", *each, "}"]) for kind, each in lines.items())


def own_scores(pairs: Sequence[Pair]) -> list[float]:
    """What `Index` says of each pair."""
    found = [Index.of({"other": pair.other}).search(pair.one, at_least=0.0) for pair in pairs]
    return [matches[0].score if matches else 0.0 for matches in found]


def validated(seeds: Sequence[int] = SEEDS) -> Validation:
    """The tuning half with our scores, each by weights that were fitted without its group; over several divisions."""
    rounds = [cross_validated(labelled("tuning"), seed) for seed in seeds]
    scores = [mean(scores) for scores in zip(*(each.scores for each in rounds), strict=True)]
    return Validation(rounds[0].pairs, scores, [score for each in rounds for score in each.unrelated])


def growth() -> str:
    """One line for each size: how long the index takes to build, a search takes, and what the process holds."""
    chance = random.Random(1)
    texts = [text for pair in labelled("tuning") for text in (pair.one, pair.other)]
    lines = [
        f"{'questions':>10}{'build, s':>11}{'median, ms':>12}{'95th, ms':>11}{'longest, ms':>13}{'process, MB':>13}"
    ]
    for size in SIZES:
        began = process_time()
        index = Index.of({f"{number:05}": _mixed(texts, chance) for number in range(size)})
        built = process_time() - began
        times = []
        for _ in range(SEARCHES):
            asked, began = _mixed(texts, chance), process_time()
            index.search(asked)
            times.append((process_time() - began) * 1000)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        lines.append(
            f"{size:>10,}{built:>11.2f}{median(times):>12.1f}{quantiles(times, n=20)[-1]:>11.1f}{max(times):>13.1f}"
            f"{memory:>13}"
        )
    return "\n".join(lines)


def curve(pairs: Sequence[Pair], scores: Sequence[float]) -> str:
    """Precision, recall and F1 by threshold, with a bar for F1."""
    lines = [f"{'threshold':>10}{'precision':>11}{'recall':>8}{'F1':>7}"]
    for threshold in THRESHOLDS:
        precision, recall, both = f1(pairs, scores, threshold)
        bar = "#" * round(both * 40)
        lines.append(f"{threshold:>10.2f}{precision:>11.3f}{recall:>8.3f}{both:>7.3f}  {bar}")
    return "\n".join(lines)


def _report(half: str, *, plot: Path | None, missed: bool) -> None:
    apart = ""
    if half == "final":
        pairs = labelled(half)
        scores = own_scores(pairs)
    else:
        found = validated()
        pairs, scores = found.pairs, found.scores
        far, near = (found.taken_for_the_same(threshold) for threshold in (SAME, SURE))
        apart = f"; {far:.2%} of unrelated pairs score so, {near:.2%} SURE ({SURE})"
    print(f"likeness, {half} half: {len(pairs)} pairs, {sum(pair.same for pair in pairs)} of them ask the same\n")
    if half == "tuning":
        print(_table(pairs, scores), "\n")
    precision, recall, both = f1(pairs, scores, SAME)
    print(
        f"ours at SAME ({SAME}): precision {precision:.3f}, recall {recall:.3f}, F1 {both:.3f} (goal {GOAL}){apart}\n"
    )
    print(curve(pairs, scores))
    if plot:
        plot.write_text(_svg(pairs, scores), "utf-8")
    if missed and half == "tuning":
        print(_missed(pairs, scores))


def _missed(pairs: Sequence[Pair], scores: Sequence[float]) -> str:
    wrong = [(score, pair) for score, pair in zip(scores, pairs, strict=True) if (score >= SAME) != pair.same]
    return "\n".join(
        f"{score:.2f} {'same ' if pair.same else 'other'} {pair.one} | {pair.other}" for score, pair in wrong
    )


def _table(pairs: list[Pair], ours: list[float]) -> str:
    """One line for each method."""
    lines = [f"{'method, cross-validated':<40}{'precision':>11}{'recall':>8}{'F1':>7}"]
    for name, method in methods(text for pair in pairs for text in (pair.one, pair.other)).items():
        if name == OURS:
            figures: tuple[float, ...] = f1(pairs, ours, SAME)
        else:
            figures = _by_folds(pairs, [method(pair.one, pair.other) for pair in pairs])
        lines.append(f"{name:<40}{figures[0]:>11.3f}{figures[1]:>8.3f}{figures[2]:>7.3f}")
    return "\n".join(lines)


def _by_folds(pairs: list[Pair], scores: list[float]) -> tuple[float, ...]:
    """Each fold is scored at the threshold that is best in the others."""
    rounds = []
    for seed in SEEDS:
        groups = sorted({pair.group for pair in pairs})
        random.Random(seed).shuffle(groups)
        fold = {group: at % FOLDS for at, group in enumerate(groups)}
        said = [0.0] * len(pairs)
        for number in range(FOLDS):
            seen = [at for at, pair in enumerate(pairs) if fold[pair.group] != number]
            others, theirs = [pairs[at] for at in seen], [scores[at] for at in seen]
            best = max(sorted(set(theirs)), key=lambda cut: f1(others, theirs, cut)[2])
            for at, pair in enumerate(pairs):
                if fold[pair.group] == number:
                    said[at] = float(scores[at] >= best)
        rounds.append(f1(pairs, said, 0.5))
    return tuple(mean(values) for values in zip(*rounds, strict=True))


def _mixed(texts: list[str], chance: random.Random) -> str:
    """The beginning of one question and the end of another."""
    one, other = chance.choice(texts).split(), chance.choice(texts).split()
    return " ".join(one[: chance.randrange(1, len(one))] + other[len(other) // 2 :])


def _svg(pairs: Sequence[Pair], scores: Sequence[float]) -> str:
    """Precision, recall and F1 by threshold as a picture."""
    lines = []
    for number, (name, colour, dash) in enumerate(
        (("precision", "#005eb8", "6 4"), ("recall", "#41b6e6", "2 3"), ("F1", "#212b32", "none"))
    ):
        values = [f1(pairs, scores, cut / 50)[number] for cut in range(1, 50)]
        points = " ".join(f"{60 + 8 * at:.0f},{340 - 300 * value:.1f}" for at, value in enumerate(values, 1))
        lines.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        lines.append(f'<text x="480" y="{60 + 22 * number}" fill="{colour}">{name}</text>')
    lines += [
        f'<text x="30" y="{344 - 30 * tenth}">{tenth / 10}</text>'
        f'<text x="{52 + 40 * tenth}" y="362">{tenth / 10}</text>'
        for tenth in range(0, 11, 2)
    ]
    frame = '<path d="M60 40V340H460" fill="none" stroke="#768692"/>'
    goal = f'<path d="M60 {340 - 300 * GOAL}H460" stroke="#d5281b" stroke-dasharray="1 4"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 580 380" font-family="sans-serif" font-size="14">'
        f"{frame}{goal}{''.join(lines)}</svg>\n"
    )
