"""Golden values of the metrics, made with scikit-learn 1.2, SciPy 1.10 and NumPy:

    python3 packages/train/test/golden/make.py > packages/train/test/golden/metrics.json

Score c of sample i is ((37 i + 17 c + 11 (i c mod 7)) mod 41) / 8 - 2, rounded down in the set with ties; its class is (i i + i / 3) mod 4,
so that class 4 of 5 never comes.
"""

import json

import numpy as np
from scipy.interpolate import interp1d
from scipy.optimize import brentq
from scipy.special import log_softmax, softmax
from sklearn import metrics as m

SAMPLES, CLASSES = 48, 5


def scores(ties):
    i, c = np.meshgrid(np.arange(SAMPLES), np.arange(CLASSES), indexing="ij")
    values = ((37 * i + 17 * c + 11 * (i * c % 7)) % 41) / 8 - 2
    return np.floor(values) if ties else values


def calibration(probabilities, truth, bins):
    confidence, right = probabilities.max(1), probabilities.argmax(1) == truth
    gaps = []
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            gaps.append((inside.mean(), abs(right[inside].mean() - confidence[inside].mean())))
    share, gap = np.array(gaps).T
    return {"l1": (share * gap).sum(), "l2": np.sqrt((share * gap**2).sum()), "max": gap.max()}


def of_classes(ties):
    x = scores(ties)
    i = np.arange(SAMPLES)
    y = (i * i + i // 3) % 4
    p, said = softmax(x, 1), x.argmax(1)
    labels = list(range(CLASSES))
    figures = {}
    for zero in (0, 1):
        for name, fn in (("Precision", m.precision_score), ("Recall", m.recall_score), ("F1Score", m.f1_score)):
            for average in ("macro", "weighted", "micro"):
                figures[f"{name} {average} {zero}"] = fn(y, said, labels=labels, average=average, zero_division=zero)
    per_class = m.precision_recall_fscore_support(y, said, labels=labels, zero_division=0)
    one_hot = np.eye(CLASSES)[y]
    with_samples = [k for k in labels if (y == k).any()]
    return {
        "figures": figures,
        "perClass": [dict(zip(("precision", "recall", "f1", "support"), map(float, row))) for row in zip(*per_class)],
        "balancedAccuracy": m.balanced_accuracy_score(y, said),
        "kappa": {"none": m.cohen_kappa_score(y, said), **{w: m.cohen_kappa_score(y, said, labels=labels, weights=w) for w in ("linear", "quadratic")}},
        "matthews": m.matthews_corrcoef(y, said),
        "brier": ((p - one_hot) ** 2).sum(1).mean(),
        "crossEntropy": m.log_loss(y, p, labels=labels),
        "perplexity": np.exp(-log_softmax(x, 1)[i, y].mean()),
        "calibration": calibration(p, y, 10),
        "auroc": np.mean([m.roc_auc_score(y == k, p[:, k]) for k in with_samples]),
        "averagePrecision": np.mean([m.average_precision_score(y == k, p[:, k]) for k in with_samples]),
        # Of equal scores the lower class number stands higher, where scikit-learn has it the other way round.
        "topK": {k: m.top_k_accuracy_score(y, x - 1e-9 * np.arange(CLASSES), k=k, labels=labels) for k in (1, 2, 3)},
    }


def of_pairs(ties):
    x = scores(ties)[:, 1]
    y = np.arange(SAMPLES) * 5 % 7 < 3
    fpr, tpr, thresholds = m.roc_curve(y, x, drop_intermediate=False)
    return {
        "fpr": fpr.tolist(),
        "tpr": tpr.tolist(),
        "thresholds": thresholds.tolist()[1:],
        "auc": m.roc_auc_score(y, x),
        "averagePrecision": m.average_precision_score(y, x),
        "equalErrorRate": brentq(lambda e: 1 - e - interp1d(fpr, tpr)(e), 0, 1),
    }


def of_numbers():
    x = scores(False)
    y = np.floor(x * 2) / 2 + (np.arange(SAMPLES)[:, None] % 5) / 4 + 1000
    x = x + 1000
    return {
        "mse": m.mean_squared_error(y, x),
        "mae": m.mean_absolute_error(y, x),
        "r2": m.r2_score(y, x),
        "r2First": m.r2_score(y[:, 0], x[:, 0]),
    }


print(json.dumps({"classes": [of_classes(t) for t in (False, True)], "pairs": [of_pairs(t) for t in (False, True)], "numbers": of_numbers()}, indent=1))
