"""Writes emodb_11a01Nd.librosa.json: what librosa makes of one recording of EmoDB (CC0 1.0).

usage: python make.py   (needs librosa 0.11, soxr, soundfile)
"""
import json
from pathlib import Path

import librosa
import numpy as np

HERE = Path(__file__).parent
STEM = "11a01Nd"
y, sr = librosa.load(HERE.parent / "emodb" / f"{STEM}.flac", sr=22050)
mfcc = librosa.feature.mfcc(y=y, sr=sr, n_mfcc=40).T
out = {
    "about": f"librosa.feature.mfcc(y, sr=22050, n_mfcc=40).T of EmoDB {STEM}, [frames][40]",
    "made": "data/reference/make.py, 2026-11-22",
    "versions": {"librosa": librosa.__version__, "numpy": np.__version__},
    "id": STEM,
    "samples": int(y.size),
    "mfcc": [[round(float(v), 4) for v in row] for row in mfcc],
}
(HERE / f"emodb_{STEM}.librosa.json").write_text(json.dumps(out) + "\n")
