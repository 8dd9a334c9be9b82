"""Writes the SAS transport files beside this folder with pyreadstat 1.3.7 (ReadStat).

    python3 write_xpt.py ..        # needs: pip install pandas pyreadstat

version5.xpt and version8.xpt: written by ReadStat. wide136.xpt: written here, byte by byte, with
the 136-byte variables of VAX/VMS, every special missing number, short numbers, and two members.
"""
import datetime
import struct
import sys

import pandas
import pyreadstat


def readstat(folder):
    frame = pandas.DataFrame({
        "USUBJID": ["S1", "S2", "é"],
        "AVAL": [1.5, None, -3.25],
        "TINY": [0.1, 1e-70, 1e70],
        "ADT": [datetime.date(2014, 2, 28), None, datetime.date(1959, 1, 1)],
        "ADTM": [datetime.datetime(2014, 2, 28, 10, 30, 5), None,
                 datetime.datetime(1959, 12, 31, 23, 59, 59)],
    })
    label = ["Subject", "Value", "Extremes", "Date", "Date and time"]
    pyreadstat.write_xport(frame, f"{folder}/version5.xpt", file_label="five", table_name="ADTR",
                           column_labels=label, file_format_version=5)
    frame = frame.rename(columns={"AVAL": "ANALYSIS_VALUE"})
    label[0] = "Unique subject identifier, a label of more than forty letters"
    pyreadstat.write_xport(frame, f"{folder}/version8.xpt", file_label="eight",
                           table_name="ADTR_LONG_NAME", column_labels=label,
                           file_format_version=8)


def header(name, digits="0" * 30):
    return f"HEADER RECORD*******{name:<8}HEADER RECORD!!!!!!!{digits}  ".encode()


def padded(data):
    return data + b" " * (-len(data) % 80)


def variable(kind, length, number, name, label, form, width, position):
    return struct.pack(">hhhh8s40s8shhh2s8shhi48s", kind, 0, length, number, name.ljust(8).encode(),
                       label.ljust(40).encode(), form.ljust(8).encode(), width, 0, 0, b"\0\0",
                       b" " * 8, 0, 0, position, b"\0" * 48)


def member(name, variables, observations):
    system = b"9.4     VAX/VMS " + b" " * 24 + b"01JAN60:00:00:00"
    out = header("MEMBER", "0" * 17 + "160" + "0" * 7 + "136") + header("DSCRPTR")
    out += b"SAS     " + name.ljust(8).encode() + b"SASDATA " + system
    out += b"01JAN60:00:00:00" + b" " * 16 + b"by hand".ljust(40) + b" " * 8
    out += header("NAMESTR", "000000%04d" % len(variables) + "0" * 20)
    return out + padded(b"".join(variables)) + header("OBS") + padded(b"".join(observations))


def wide(folder):
    system = b"9.4     VAX/VMS " + b" " * 24 + b"01JAN60:00:00:00"
    out = header("LIBRARY") + b"SAS     SAS     SASLIB  " + system
    out += b"01JAN60:00:00:00" + b" " * 64
    codes = b"._" + bytes(range(65, 91))
    first = [variable(1, 8, 1, "CODE", "Missing numbers", "", 0, 0),
             variable(1, 3, 2, "SHORT", "Three bytes", "", 0, 8)]
    # 1, 118.625 and the like in three bytes; 0x4276A000... is 118.625 in IBM's own example.
    rows = [bytes([code]) + b"\0" * 7 + b"\xC2\x76\xA0" for code in codes]
    rows.append(b"\x42\x76\xA0" + b"\0" * 5 + b"\x41\x10\x00")
    second = [variable(2, 3, 1, "TEXT", "Text", "", 0, 0)]
    out += member("ONE", first, rows) + member("TWO", second, [b"a  ", b" b ", b"   ", b"c  "])
    with open(f"{folder}/wide136.xpt", "wb") as file:
        file.write(out)


readstat(sys.argv[1])
wide(sys.argv[1])
