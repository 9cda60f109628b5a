// Parts of libraries that no page uses and no bundler can leave out: they are cut out of the files below. Each cut is a pattern
// and what stands in its place; one that finds nothing fails the build, and the test beside it.
const names = (...list) => list.join("|")

// src/features/message/markdown/parse.ts switches these off. `thematicBreak` is needed by lists.
const UNSPOKEN = names(
  "htmlFlow",
  "htmlText",
  "definition",
  "headingAtx",
  "setextUnderline",
  "codeIndented",
  "labelStartImage",
  "characterReference",
)

const CUTS = {
  // Grids, masonries, lists of whole windows.
  "virtua/lib/index.js": [
    ["^\\}\\)\\), \\w+ = [\\s\\S]*(?=\\n\\nexport \\{)", "}));"],
    [
      "export \\{[^}]*?(\\w+) as VList\\b[^}]*?(\\w+) as Virtualizer\\b[^}]*\\}",
      "export { $1 as VList, $2 as Virtualizer }",
    ],
  ],
  // The signs of Markdown that a chat has no use for.
  "micromark/lib/constructs.js": [
    [`^ {2}\\[-?\\d+\\]: (?:${UNSPOKEN}),?$`, ""],
    [`\\b(?:${UNSPOKEN}), (?=\\w+\\])`, ""],
    [`(?<=\\[\\w+), (?:${UNSPOKEN})(?=\\])`, ""],
    [`\\b(?:${UNSPOKEN}),? (?=[^\\n]*from 'micromark-core-commonmark')`, ""],
  ],
  "mdast-util-from-markdown/lib/index.js": [
    [
      `^ {6}(?:${names("atxHeading\\w*", "setext\\w*", "html\\w+", "definition\\w*", "codeIndented", "image")}|${names("characterReference\\w*", "reference\\w*", "thematicBreak")}): .*$`,
      "",
    ],
  ],
  // Nothing on these pages is a server action.
  "next/dist/client/components/router-reducer/reducers/server-action-reducer.js": [
    ["[\\s\\S]+", 'exports.serverActionReducer = () => { throw new Error("There are no server actions here."); };'],
  ],
  // Of a long list of names, Next's own client asks for this one.
  ...Object.fromEntries(
    ["router-reducer/fetch-server-response.js", "segment-cache/cache.js"].map((file) => [
      `next/dist/client/components/${file}`,
      [['require\\("[./]+/lib/constants"\\)', '{ NEXT_NAV_DEPLOYMENT_ID_HEADER: "x-nextjs-deployment-id" }']],
    ]),
  ),
  // Not cut, but divided: React, the router and the rest are evaluated in turns of their own, so that a finger is heard in between.
  // Messages of a channel and not timers: those come late in tabs that nobody looks at.
  "next/dist/client/app-next-turbopack.js": [
    ["^\\(0, _appbootstrap\\.appBootstrap\\)\\(\\(\\)=>\\{$", "const last = ()=>{"],
    [
      "^\\}\\);\\n(?=\\nif \\(\\(typeof exports)",
      `};
const turns = [
    ()=>require("react-dom/client"),
    ()=>require("./components/app-router"),
    ()=>require("./app-index"),
    last
];
const { port1, port2 } = new MessageChannel();
port1.onmessage = ()=>{
    turns.shift()();
    if (turns.length > 0) port2.postMessage(0);
    else port1.close();
};
(0, _appbootstrap.appBootstrap)(()=>port2.postMessage(0));
`,
    ],
  ],
  // Whoever has the colours of these pages has all of these functions.
  "next/dist/build/polyfills/polyfill-module.js": [["[\\s\\S]+", ""]],
  // What is shown when even app/global-error.tsx breaks: its styles are in attributes, which our pages refuse.
  "next/dist/client/components/builtin/global-error.js": [
    ['^const _errorstyles = require\\("\\./error-styles"\\);$', ""],
    [
      '(?<=\\n {8}id: "__next_error__",\\n) {8}children: \\[[\\s\\S]*?^ {8}\\]$',
      '        children: (0, _jsxruntime.jsx)("body", { children: (0, _jsxruntime.jsx)("form", { children: (0, _jsxruntime.jsx)("button", { children: message }) }) })',
    ],
  ],
  // The gateway speaks WebSocket only.
  "engine.io-client/build/esm/transports/index.js": [
    ["^import \\{ (?:XHR|WT) \\}.*$", ""],
    ["^ {4}(?:webtransport: WT|polling: XHR),$", ""],
  ],
  // Nothing to move up to, and no options of Node's.
  "engine.io-client/build/esm/socket.js": [["^ {4}_probe\\(name\\) \\{[\\s\\S]*?^ {4}\\}$", "    _probe() {}"]],
  "engine.io-client/build/esm/transports/websocket.js": [['pick\\(this\\.opts, "agent"[^)]*\\)', "{}"]],
  "engine.io-client/build/esm/index.js": [['^export .*from "\\./transports/(?!index\\.|websocket\\.js).*$', ""]],
  // All that it says is text.
  "engine.io-parser/build/esm/encodePacket.browser.js": [
    ["^const (?:withNative|isView)[\\s\\S]*?;(?=\\n(?:const|//))", ""],
    ["^ {4}if \\(withNativeBlob[\\s\\S]*?^ {4}\\}\\n(?= {4}// plain)", ""],
    ["^const encodeBlobAsBase64[\\s\\S]*?(?=^export \\{)", "export const encodePacketToBinary = () => {};\n"],
  ],
  "engine.io-parser/build/esm/decodePacket.browser.js": [
    ["^import \\{ decode \\}.*$", ""],
    ["^const withNativeArrayBuffer.*$", ""],
    ['^ {4}if \\(typeof encodedPacket[\\s\\S]*?^ {4}\\}$|^ {4}if \\(type === "b"[\\s\\S]*?^ {4}\\}$', ""],
    ["^const decodeBase64Packet[\\s\\S]+", ""],
  ],
  "socket.io-parser/build/esm/index.js": [
    ["^import .*/(?:is-)?binary\\.js.*$", ""],
    ["^ {8}if \\(obj\\.type === PacketType\\.EVENT[\\s\\S]*?^ {8}\\}$", ""],
    ["^ {4}encodeAsBinary\\(obj\\) \\{[\\s\\S]*?^ {4}\\}$", ""],
    ["^ {12}if \\(this\\.reconstructor\\) \\{[\\s\\S]*?^ {12}\\}$", ""],
    ["^ {12}const isBinaryEvent[\\s\\S]*?^ {12}else \\{([\\s\\S]*?)^ {12}\\}$", "$1"],
    ["^ {8}else if \\(isBinary\\(obj\\)[\\s\\S]*?^ {8}\\}\\n(?= {8}else)", ""],
    ["^ {8}if \\(p\\.type === PacketType\\.BINARY_EVENT[\\s\\S]*?^ {8}\\}$", ""],
    ["^ {8}if \\(this\\.reconstructor\\) \\{[\\s\\S]*?^ {8}\\}$", ""],
    ["^class BinaryReconstructor[\\s\\S]*?^\\}$", ""],
  ],
  "socket.io-client/build/esm/index.js": [['^export \\{[^}]*\\} from "engine\\.io-client";$', ""]],
}

function trim(source) {
  return this.getOptions().cuts.reduce((text, [from, to]) => {
    if (!new RegExp(from, "m").test(text)) throw new Error(`${this.resourcePath} is not as trim.cjs knows it: ${from}`)
    return text.replace(new RegExp(from, "gm"), to)
  }, source)
}

// Given as an option, too, so that a change of the list is a change of the build.
module.exports = Object.assign(trim, { cuts: CUTS })
