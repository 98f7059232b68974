// A workbook as a clerk would fill it, of texts alone.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const WRITE = `
import base64, io, json, sys, zipfile
from xml.sax.saxutils import escape
rows = json.loads(sys.argv[1])
main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
of = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
package = 'http://schemas.openxmlformats.org/package/2006'
cell = lambda text: f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'
row = lambda cells: f'<row>{"".join(map(cell, cells))}</row>'
relation = lambda kind, target: (f'<Relationships xmlns="{package}/relationships">'
  f'<Relationship Id="rId1" Type="{of}/{kind}" Target="{target}"/></Relationships>')
parts = {
  '[Content_Types].xml': f'<Types xmlns="{package}/content-types"/>',
  '_rels/.rels': relation('officeDocument', 'xl/workbook.xml'),
  'xl/workbook.xml': (f'<workbook xmlns="{main}" xmlns:r="{of}"><sheets>'
    '<sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>'),
  'xl/_rels/workbook.xml.rels': relation('worksheet', 'worksheets/sheet1.xml'),
  'xl/worksheets/sheet1.xml': f'<worksheet xmlns="{main}"><sheetData>{"".join(map(row, rows))}</sheetData></worksheet>',
}
made = io.BytesIO()
with zipfile.ZipFile(made, 'w', zipfile.ZIP_DEFLATED) as book:
  for name, text in parts.items():
    book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
print(base64.b64encode(made.getvalue()).decode())
`;

/** The bytes of a workbook with one sheet, 名单. */
export async function workbook(rows) {
  const { stdout } = await promisify(execFile)("python3", [
    "-c",
    WRITE,
    JSON.stringify(rows),
  ]);
  return Buffer.from(stdout.trim(), "base64");
}
