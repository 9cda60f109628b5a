"use client"
import {
  ArrowUpIcon,
  Button,
  Checkbox,
  Count,
  Dot,
  GearSixIcon,
  HashIcon,
  IconButton,
  Keys,
  PasswordField,
  Segmented,
  SelectField,
  Switch,
  Tag,
  TextAreaField,
  TextField,
  UsersIcon,
} from "@hearth/ui"
import { useState } from "react"
import { As, Line, Section, Specimen } from "./specimen.tsx"

const nothing = () => {}
const gear = <GearSixIcon className="i" aria-hidden="true" />

const Buttons = () => (
  <Specimen title="Buttons">
    {(["ember", "neutral", "bare", "danger", "danger-quiet"] as const).map((look) => (
      <Line key={look}>
        <Button look={look}>Rest</Button>
        <As state="hover">
          <Button look={look}>Hover</Button>
        </As>
        <As state="press">
          <Button look={look}>Press</Button>
        </As>
        <As state="focus">
          <Button look={look}>Focus</Button>
        </As>
        <Button look={look} disabled>
          Off
        </Button>
        <Button look={look} busy>
          Busy
        </Button>
      </Line>
    ))}
    <Line>
      <Button size="small">Small</Button>
      <Button>
        <UsersIcon className="i s" aria-hidden="true" />
        With an icon
      </Button>
      <Button look="ember">
        Save <kbd className="on">⌘S</kbd>
      </Button>
    </Line>
    <Button look="ember" size="big" wide>
      Big and wide
    </Button>
  </Specimen>
)

const IconButtons = () => (
  <Specimen title="Icon buttons">
    <Line>
      <IconButton label="Rest" icon={gear} />
      <As state="hover">
        <IconButton label="Hover" icon={gear} />
      </As>
      <As state="press">
        <IconButton label="Press" icon={gear} />
      </As>
      <As state="focus">
        <IconButton label="Focus" icon={gear} />
      </As>
      <IconButton label="On" icon={<UsersIcon className="i" weight="fill" aria-hidden="true" />} pressed />
      <IconButton label="Off" icon={gear} disabled />
      <IconButton label="Small" icon={<GearSixIcon className="i s" aria-hidden="true" />} small />
      <button type="button" className="send off" aria-label="Send, nothing to send" disabled>
        <ArrowUpIcon className="i" weight="bold" aria-hidden="true" />
      </button>
      <button type="button" className="send" aria-label="Send">
        <ArrowUpIcon className="i" weight="bold" aria-hidden="true" />
      </button>
      <As state="hover">
        <button type="button" className="send" aria-label="Send, hovered">
          <ArrowUpIcon className="i" weight="bold" aria-hidden="true" />
        </button>
      </As>
    </Line>
  </Specimen>
)

const Fields = () => (
  <Specimen title="Fields">
    <div className="gal-stack">
      <TextField label="Empty" placeholder="What you are called" />
      <TextField
        label="Filled, with help"
        help="Lower case, no spaces. It becomes the address."
        before={<HashIcon className="i s" aria-hidden="true" />}
        defaultValue="dome-automation"
      />
      <As state="focus" on=".input">
        <TextField label="Focus" defaultValue="Larkfield" />
      </As>
      <TextField label="Wrong" defaultValue="maren@larkfield" error="This is missing the part after the dot." />
      <TextField label="Off" placeholder="Set by the keeper" disabled />
      <PasswordField
        label="Password"
        showLabel="Show the password"
        hideLabel="Hide the password"
        defaultValue="a good long one"
      />
      <TextAreaField label="Topic" defaultValue="Grinding, figuring and testing the 40 cm." />
      <SelectField
        label="Choice"
        value="week"
        onChange={nothing}
        options={[
          { value: "day", label: "For a day" },
          { value: "week", label: "For a week" },
        ]}
      />
    </div>
  </Specimen>
)

const Choices = () => {
  const [on, setOn] = useState(true)
  const [density, setDensity] = useState<"compact" | "cosy" | "roomy">("cosy")
  return (
    <Specimen title="Choices">
      <div className="gal-stack">
        <Switch
          label="On"
          help="Lively servers and channels are warm, and the open room is lit from below."
          checked={on}
          onChange={setOn}
        />
        <Switch label="Off" checked={false} onChange={nothing} />
        <As state="focus" on="input">
          <Switch label="Focus" checked={false} onChange={nothing} />
        </As>
        <Switch label="Cannot be changed" checked onChange={nothing} disabled />
        <Checkbox label="Checked" help="When the form is sent." checked onChange={nothing} />
        <Checkbox label="Not checked" checked={false} onChange={nothing} />
        <Checkbox label="Cannot be changed" checked={false} onChange={nothing} disabled />
        <Segmented
          label="Density"
          value={density}
          onChange={setDensity}
          options={[
            { value: "compact", label: "Compact" },
            { value: "cosy", label: "Cosy" },
            { value: "roomy", label: "Roomy" },
          ]}
        />
      </div>
    </Specimen>
  )
}

const Words = () => (
  <Specimen title="Counts, tags, keys">
    <Line>
      <Count value={1} label="one mention" />
      <Count value={24} />
      <Count value={1204} />
      <Dot label="unread" />
      <Tag>Keeper</Tag>
      <Tag tone="ember">for you</Tag>
      <Tag tone="ok">✓ yes</Tag>
      <Tag tone="bad">× no</Tag>
      <Tag tone="warn">slow</Tag>
      <Keys>⌘K</Keys>
    </Line>
    <Line>
      <a className="link" href="#controls">
        a link
      </a>
      <As state="hover">
        <a className="link" href="#controls">
          hovered
        </a>
      </As>
      <As state="focus">
        <a className="link" href="#controls">
          focused
        </a>
      </As>
    </Line>
  </Specimen>
)

export const Controls = () => (
  <Section id="controls" title="Controls">
    <Buttons />
    <IconButtons />
    <Fields />
    <Choices />
    <Words />
  </Section>
)
