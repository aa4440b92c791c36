"""GRIB messages in many packings, with the values that ecCodes reads back from them.

Usage: grib_packings.py FOLDER. Writes FOLDER/N.grib and FOLDER/N.f64 (doubles, little-endian, NaN missing), and prints a JSON list of
{"file", "what"} of those that ecCodes could write.
"""
import json
import sys

import eccodes as ec
import numpy as np

folder = sys.argv[1]
NI, NJ = 61, 37
MISSING = 9999.0
rng = np.random.default_rng(14)
y, x = np.mgrid[0:NJ, 0:NI]
smooth = 250 + 40 * np.cos(np.pi * y / NJ) + 8 * np.sin(2 * np.pi * x / NI * 3) + rng.normal(0, 0.3, (NJ, NI))
FIELDS = {
    "smooth": smooth,
    "noise": rng.normal(0, 1e4, (NJ, NI)),
    "rain": np.where(rng.random((NJ, NI)) < 0.04, rng.exponential(3, (NJ, NI)), 0.0),
    "dry": np.where(y < NJ - 2, 0.0, rng.exponential(1e-3, (NJ, NI))),
    "steps": np.floor(smooth / 10),
    "constant": np.full((NJ, NI), 273.15),
    "holes": np.where((x + 2 * y) % 7 < 2, MISSING, smooth),
    "sea": np.where((x < 20) | (y > 30), MISSING, smooth - 250),
}
BITS = [1, 2, 3, 4, 5, 8, 9, 11, 12, 16, 17, 20, 24, 25, 28, 31, 32]
made = []


def write(what, edition, keys, field, scaled=0):
    handle = ec.codes_grib_new_from_samples(f"regular_ll_sfc_grib{edition}")
    try:
        for key, value in {
            "Ni": NI, "Nj": NJ,
            "latitudeOfFirstGridPointInDegrees": 72, "latitudeOfLastGridPointInDegrees": 0,
            "longitudeOfFirstGridPointInDegrees": 0, "longitudeOfLastGridPointInDegrees": 120,
            "iDirectionIncrementInDegrees": 2, "jDirectionIncrementInDegrees": 2,
            "missingValue": MISSING, "bitmapPresent": int((field == MISSING).any()),
        }.items():
            ec.codes_set(handle, key, value)
        ec.codes_set_values(handle, field.ravel())
        for key, value in keys.items():
            ec.codes_set(handle, key, value)
        if scaled:
            ec.codes_set(handle, "decimalPrecision", scaled)
        ec.codes_set_values(handle, field.ravel())
        values = ec.codes_get_values(handle)
        message = ec.codes_get_message(handle)
        if "packingType" in keys and ec.codes_get(handle, "packingType") != keys["packingType"] and field.std() > 0:
            what += f" as {ec.codes_get(handle, 'packingType')}"
    except ec.CodesInternalError:
        return
    finally:
        ec.codes_release(handle)
    number = len(made)
    open(f"{folder}/{number}.grib", "wb").write(message)
    np.where(values == MISSING, np.nan, values).astype("<f8").tofile(f"{folder}/{number}.f64")
    made.append({"file": str(number), "what": what})


for name, field in FIELDS.items():
    for packing in ["grid_simple", "grid_ccsds", "grid_complex", "grid_complex_spatial_differencing", "grid_png", "grid_jpeg"]:
        for bits in BITS:
            if packing == "grid_jpeg" and bits > 16:
                continue
            # ecCodes ends itself where an image is larger than it thought.
            if packing in ("grid_png", "grid_jpeg") and (name == "noise" or bits < 4):
                continue
            write(f"{name} {packing} {bits}", 2, {"packingType": packing, "bitsPerValue": bits}, field)
        # Images of more than 16 bits come out of these.
        if packing not in ("grid_png", "grid_jpeg"):
            write(f"{name} {packing} D2", 2, {"packingType": packing}, field, 2)
    for order in [1, 2]:
        write(f"{name} differences {order}", 2,
              {"packingType": "grid_complex_spatial_differencing", "orderOfSpatialDifferencing": order}, field)
    # Without flag 4 this version of ecCodes codes numbers whose octets are swapped; later ones do not look at it.
    for flags in [4, 6, 12, 14, 28]:
        for block, interval in [(8, 1), (16, 128), (32, 128), (64, 4096), (32, 3)]:
            for bits in [2, 4, 8, 14, 24]:
                write(f"{name} ccsds flags {flags} block {block} interval {interval} bits {bits}", 2,
                      {"packingType": "grid_ccsds", "bitsPerValue": bits, "ccsdsFlags": flags,
                       "ccsdsBlockSize": block, "ccsdsRsi": interval}, field)
    for precision in [1, 2]:
        for edition in [1, 2]:
            write(f"{name} ieee {precision} edition {edition}", edition,
                  {"packingType": "grid_ieee", "precision": precision}, field)
    for packing in ["grid_simple", "grid_second_order", "grid_second_order_no_SPD", "grid_second_order_SPD1",
                    "grid_second_order_SPD2", "grid_second_order_SPD3", "grid_second_order_no_boustrophedonic"]:
        for bits in [4, 8, 12, 16, 20, 24]:
            write(f"{name} {packing} {bits} edition 1", 1, {"packingType": packing, "bitsPerValue": bits}, field)
    write(f"{name} logarithms", 2, {"packingType": "grid_simple_log_preprocessing"}, field)
json.dump(made, sys.stdout)
