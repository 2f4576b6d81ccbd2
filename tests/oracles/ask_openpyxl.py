"""What openpyxl reads in a workbook, as JSON. Usage: ask_openpyxl.py FILE"""
import datetime
import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
sheet = book.active


def told(cell):
    value = cell.value
    if isinstance(value, (datetime.datetime, datetime.date)):
        return {"when": value.isoformat()}
    return value


print(json.dumps({
    "sheets": book.sheetnames,
    "frozen": sheet.freeze_panes,
    "paper": sheet.page_setup.paperSize,
    "landscape": sheet.page_setup.orientation,
    "repeats": sheet.print_title_rows,
    "rows": [[told(cell) for cell in row] for row in sheet.iter_rows()],
}, ensure_ascii=False))
