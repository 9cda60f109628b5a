// After the build: a .br beside each script and style. The front hands them out, smaller than what is compressed on the way.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { brotliCompress, constants } from "node:zlib"

const folder = join(import.meta.dirname, ".next/static")
const compress = promisify(brotliCompress)

const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
for (const old of files.filter((name) => name.endsWith(".br"))) rmSync(join(folder, old))
const lanes = files.filter((name) => /\.(js|css|svg|json)$/.test(name))
await Promise.all(
  lanes.map(async (name) => {
    const plain = readFileSync(join(folder, name))
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
    writeFileSync(join(folder, `${name}.br`), await compress(plain, { params }))
  }),
)
