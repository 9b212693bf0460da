"""Measures the way from sound files to MFCCs with librosa, as measure_features.ts does ours."""

import os
import time

import joblib
import librosa

from clocks import between, moment, peak_memory

RATE, COEFFICIENTS = 22050, 40


def mfcc(path):
    """MFCCs of a file, [frames, coefficients]."""
    y, _ = librosa.load(path, sr=RATE)
    return librosa.feature.mfcc(y=y, sr=RATE, n_mfcc=COEFFICIENTS).T


def timed_mfcc(path):
    """The same with the processor seconds that it took."""
    start = time.process_time()
    return mfcc(path), time.process_time() - start


def measure(job):
    paths = job["paths"]
    for path in set(paths):  # into the system's memory
        with open(path, "rb") as file:
            file.read()
    mfcc(paths[0])  # librosa loads its parts when they are first used
    one_process = job["workers"] == 1
    matrices, values = in_this_process(paths) if one_process else in_processes(paths)
    if job["parts"]:
        values.update(part_seconds(paths))
    versions = {"librosa": librosa.__version__, "joblib": joblib.__version__}
    same = {"frames": sum(len(matrix) for matrix in matrices)}
    return {"values": values, "same": same, "versions": versions}


def in_this_process(paths):
    start = moment()
    matrices = [mfcc(path) for path in paths]
    wall, cpu = between(start, moment())
    return matrices, {"seconds": wall, "cpuSeconds": cpu, **peak_memory()}


def in_processes(paths):
    """A process for each core; starting them does not count."""
    workers = os.cpu_count()
    with joblib.Parallel(n_jobs=workers) as parallel:
        parallel(joblib.delayed(mfcc)(path) for path in (paths * workers)[: 2 * workers])
        start = moment()
        results = parallel(joblib.delayed(timed_mfcc)(path) for path in paths)
        wall, cpu = between(start, moment())
    joblib.externals.loky.get_reusable_executor().shutdown(wait=True)
    cpu += sum(seconds for _, seconds in results)
    return [matrix for matrix, _ in results], {"seconds": wall, "cpuSeconds": cpu}


def part_seconds(paths):
    """Seconds of each step on its own, one file after the other."""
    decode = resample = features = 0.0
    for path in paths:
        start = time.perf_counter()
        y, rate = librosa.load(path, sr=None)
        decoded = time.perf_counter()
        y = librosa.resample(y, orig_sr=rate, target_sr=RATE)
        resampled = time.perf_counter()
        librosa.feature.mfcc(y=y, sr=RATE, n_mfcc=COEFFICIENTS)
        decode += decoded - start
        resample += resampled - decoded
        features += time.perf_counter() - resampled
    return {"decodeSeconds": decode, "resampleSeconds": resample, "mfccSeconds": features}
