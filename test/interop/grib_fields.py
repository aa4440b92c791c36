"""Prints what ecCodes reads of every field of a GRIB file, as JSON: the keys that are asked for, and the values, null where missing."""
import json
import sys

import eccodes

path, keys = sys.argv[1], sys.argv[2].split(',')
eccodes.codes_grib_multi_support_on()
fields = []
with open(path, 'rb') as file:
    while True:
        handle = eccodes.codes_grib_new_from_file(file)
        if handle is None:
            break
        field = {}
        for key in keys:
            name, _, kind = key.partition(':')
            try:
                field[name] = eccodes.codes_get(handle, name, int if kind == 'i' else None)
            except eccodes.CodesInternalError:
                field[name] = None
        eccodes.codes_set(handle, 'missingValue', 1e300)
        values = eccodes.codes_get_values(handle)
        field['values'] = [None if value == 1e300 else value for value in values.tolist()]
        fields.append(field)
        eccodes.codes_release(handle)
json.dump(fields, sys.stdout)
