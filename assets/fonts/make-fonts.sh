#!/bin/sh
# Makes HallSansSC-Regular.otf and HallSansSC-Bold.otf beside this file: subsets of Noto Sans CJK SC.
# Needs the Debian package fonts-noto-cjk and fonttools (pip install fonttools).
#
# Characters: ASCII, all of GB 2312 (levels 1 and 2, symbols, kana left out), punctuation, the
# symbols the screens draw as text, and every character of the files named on the command line
# (texts, sample halls, more-characters.txt: characters of names that GB 2312 lacks).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source_dir=${NOTO_DIR:-/usr/share/fonts/opentype/noto}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 - "$work/chars.txt" "$here"/../texts/*.toml "$here"/../halls/*/* "$here"/more-characters.txt <<'PYTHON'
import pathlib
import sys

chars = {chr(code) for code in range(0x20, 0x7F)} | {chr(code) for code in range(0xA0, 0x100)}
for row in range(0xA1, 0xF8):
    if row in (0xA4, 0xA5, 0xA7):  # kana and Cyrillic: no screen of ours writes them
        continue
    for cell in range(0xA1, 0xFF):
        try:
            chars.add(bytes((row, cell)).decode("gb2312"))
        except UnicodeDecodeError:
            pass
chars |= set("–—―‘’“”…‰′″※€℃№←↑→↓⇧−×÷≈≠≤≥○●△▲▶▷◀■□◆◇★☆✓✗〇·•～％＋－／，。、；：？！（）《》【】￥")
for name in sys.argv[2:]:
    path = pathlib.Path(name)
    if path.is_file():
        chars |= {char for char in path.read_text("utf-8") if char.isprintable()}
pathlib.Path(sys.argv[1]).write_text("".join(sorted(chars)), "utf-8")
print(len(chars), "characters")
PYTHON

for weight in Regular Bold; do
    # The SC face is number 2 of the collection. A visible .notdef shows a missing character as a
    # box; without it egui would draw nothing at all.
    pyftsubset "$source_dir/NotoSansCJK-$weight.ttc" --font-number=2 \
        --text-file="$work/chars.txt" --layout-features='' --no-hinting --desubroutinize \
        --notdef-outline --name-IDs='*' --output-file="$work/$weight.otf"
    python3 - "$work/$weight.otf" "$here/HallSansSC-$weight.otf" "$weight" <<'PYTHON'
import sys

from fontTools.ttLib import TTFont

source, target, weight = sys.argv[1:]
font = TTFont(source)
names = font["name"]
new = {
    1: "Hall Sans SC", 2: weight, 3: f"1.000;HallSansSC-{weight}", 4: f"Hall Sans SC {weight}",
    6: f"HallSansSC-{weight}", 10: "Subset of Noto Sans CJK SC, renamed; same outlines.",
}
# Only the English Windows names stay: localised ones would still carry the old family.
names.names = [n for n in names.names if n.platformID == 3 and n.langID == 0x409
               and n.nameID not in (1, 2, 3, 4, 6, 10, 16, 17)]
for name_id, text in new.items():
    names.setName(text, name_id, 3, 1, 0x409)
cff = font["CFF "].cff
cff.fontNames = [f"HallSansSC-{weight}"]
top = cff.topDictIndex[0]
top.FullName, top.FamilyName = f"Hall Sans SC {weight}", "Hall Sans SC"
font.save(target)
PYTHON
    ls -l "$here/HallSansSC-$weight.otf"
done
