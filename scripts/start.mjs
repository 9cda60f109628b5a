// npm start, npm run dev, npm run cluster, npm run demo, npm run pictures, npm run bench: whatever Node runs this, Hearth runs on Node 24.
import { join } from "node:path"
import { become, build, checkNode, env24, install, node24, root } from "./lib.mjs"

const [command = "start", ...rest] = process.argv.slice(2)
const say = (sentence) => console.log(`  ${sentence}`)
const main = join(root, "scripts/supervisor/main.ts")
const programs = {
  start: { args: [main, "--mode", "embedded", ...rest], builds: true },
  dev: { args: [main, "--mode", "embedded", "--dev", ...rest], builds: false },
  cluster: { args: [main, "--mode", "cluster", ...rest], builds: true },
  demo: { args: [join(root, "demo/main.ts"), "--mode", "embedded", ...rest], builds: true },
  pictures: { args: [join(root, "demo/pictures/main.ts"), ...rest], builds: true },
  run: { args: rest, builds: false },
  faults: { args: [join(root, "faults/main.ts"), ...rest], builds: true },
  "bench-web": { args: [join(root, "bench/web/main.ts"), ...rest], builds: true },
}
const program = programs[command]
if (!program) {
  console.error(`\n  ${command} is none of ${Object.keys(programs).join(", ")}.\n`)
  process.exit(1)
}

checkNode()
install(say)
if (program.builds) {
  say("Building what has changed …")
  const { status } = build({ stdio: ["ignore", "ignore", "inherit"] })
  if (status !== 0) {
    const again = build({ stdio: ["ignore", "inherit", "inherit"] })
    if (again.status !== 0) {
      console.error("\n  Hearth could not be built (see above).\n")
      process.exit(1)
    }
  }
}
become(node24(), program.args, env24())
