"use client"
import { Mark } from "@hearth/ui"
import { Line, Named, Section, Specimen } from "./specimen.tsx"

const surfaces = [
  ["surface-1", "rail"],
  ["surface-2", "lists"],
  ["surface-3", "the room"],
  ["surface-4", "raised"],
  ["surface-well", "sunk"],
  ["surface-float", "floating"],
  ["accent", "ember"],
  ["accent-wash", "asks for you"],
] as const

const texts = [
  ["text", "The turned edge is gone", "what people wrote"],
  ["text-soft", "Wash your hands between grits", "descriptions"],
  ["text-quiet", "13:48, edited", "times, hints"],
  ["accent-text", "@Maren, New since 14:02", "asks for you"],
  ["glow-text", "tonight", "a lively channel"],
  ["danger-text", "Not sent", "failed"],
  ["warn-text", "Slow mode, 30 s", "careful"],
  ["ok-text", "Saved", "allowed"],
  ["text-off", "Not now", "off"],
] as const

const types = [
  ["40", "Light the hearth", "first run"],
  ["28", "While you were away", "pages"],
  ["21", "Nothing asks for you", "dialogs, empty"],
  ["17", "mirror-lab", "servers, channels"],
  ["15", "λ/8 by my reading, 0123456789.", "messages"],
  ["14", "Roles and permissions", "interface"],
  ["13", "Park Ji-ho, 13:59", "second lines"],
  ["12", "1,204 · ⌘K", "counts, keys"],
] as const

export const Foundations = () => (
  <Section id="foundations" title="Foundations">
    <Specimen title="Mark">
      <Line>
        <span className="gal-mark" data-size="64">
          <Mark />
        </span>
        <span className="gal-mark" data-size="32">
          <Mark light="unlit" />
        </span>
        <span className="gal-mark" data-size="20">
          <Mark light="none" />
        </span>
        <span className="gal-wordmark">
          <Mark />
          <b>Hearth</b>
        </span>
      </Line>
    </Specimen>
    <Specimen title="Surfaces">
      <div className="gal-swatches">
        {surfaces.map(([token, where]) => (
          <div key={token} className="gal-swatch">
            <i data-token={token} />
            <b>{token}</b>
            <span>{where}</span>
          </div>
        ))}
      </div>
    </Specimen>
    <Specimen title="Text">
      {texts.map(([token, words, where]) => (
        <div key={token} className="gal-text">
          <span data-token={token} aria-disabled={token === "text-off" || undefined}>
            {words}
          </span>
          <span className="hint">
            {token} · {where}
          </span>
        </div>
      ))}
    </Specimen>
    <Specimen title="Type">
      {types.map(([size, words, where]) => (
        <div key={size} className="gal-text">
          <span data-type={size}>{words}</span>
          <span className="hint">
            {size} · {where}
          </span>
        </div>
      ))}
    </Specimen>
    <Specimen title="Scripts">
      <p className="prose">
        Grüße, Ελληνικά, русский, Tiếng Việt, <em>slanted</em>, <b>bold</b>, <code>code 0O 1lI</code>
      </p>
      <p className="prose" dir="auto">
        رأيت الليلة سديم الجبار
      </p>
      <p className="prose">दूरबीन · 望遠鏡 · 망원경 · 🔭</p>
    </Specimen>
    <Specimen title="Light">
      <Line>
        {([0, 1, 2, 3, 4] as const).map((glow) => (
          <Named key={glow} name={`glow ${glow}`}>
            <div className="gal-fire room fire" data-glow={glow} />
          </Named>
        ))}
      </Line>
    </Specimen>
  </Section>
)
