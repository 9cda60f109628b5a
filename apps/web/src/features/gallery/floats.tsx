"use client"
import {
  BareDialog,
  Button,
  CheckCircleIcon,
  CopyIcon,
  Dialog,
  IconButton,
  Keys,
  LinkIcon,
  Menu,
  MenuItem,
  MenuLink,
  MenuRadios,
  MenuSeparator,
  PencilSimpleIcon,
  TextField,
  Tooltip,
  TrashIcon,
  useToast,
  WarningCircleIcon,
  XIcon,
} from "@hearth/ui"
import { useState } from "react"
import { useAsk } from "../shell/dialogs.tsx"
import { Link } from "../shell/link.tsx"
import { guild } from "./place.ts"
import { Line, Section, Specimen } from "./specimen.tsx"

const nothing = () => {}
const icon = { className: "i", "aria-hidden": true } as const

const Menus = () => (
  <Specimen title="Menu and tooltip">
    <Line>
      <Menu trigger={<Button>Open the menu</Button>}>
        <MenuRadios
          label="One of a few"
          value="this"
          options={[
            { value: "this", label: "This one" },
            { value: "that", label: "That one" },
          ]}
          onChange={nothing}
        />
        <MenuSeparator />
        <MenuItem icon={<PencilSimpleIcon {...icon} />} onSelect={nothing}>
          Edit <Keys>E</Keys>
        </MenuItem>
        <MenuItem icon={<CopyIcon {...icon} />} onSelect={nothing}>
          Copy link
        </MenuItem>
        <MenuLink icon={<LinkIcon {...icon} />} link={<Link href="#floats" />}>
          An item that leads somewhere
        </MenuLink>
        <MenuItem onSelect={nothing} disabled>
          Not now
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<TrashIcon {...icon} />} onSelect={nothing} danger>
          Delete
        </MenuItem>
      </Menu>
      <Tooltip label="Copy link" keys="C" side="right">
        <button type="button" className="ib" aria-label="Copy link">
          <CopyIcon {...icon} />
        </button>
      </Tooltip>
    </Line>
  </Specimen>
)

const Dialogs = () => {
  const ask = useAsk()
  const [open, setOpen] = useState<"dialog" | "bare" | null>(null)
  const close = () => setOpen(null)
  return (
    <Specimen title="Dialogs">
      <Line>
        <Button onClick={() => setOpen("dialog")}>Open the dialog</Button>
        <Button onClick={() => setOpen("bare")}>Open the bare one</Button>
        <Button onClick={() => ask({ kind: "jump" })}>Jump to…</Button>
        <Button onClick={() => ask({ kind: "create-channel", guildId: guild.guild.id })}>Create channel</Button>
      </Line>
      <Dialog
        open={open === "dialog"}
        onOpenChange={close}
        title="Delete lost-and-found?"
        description="1,204 messages go with it, for all 214 members. This cannot be undone."
      >
        <TextField label="Type the name to go on" defaultValue="lost-and-f" />
        <footer>
          <Button look="bare" onClick={close}>
            Keep it
          </Button>
          <Button look="danger" onClick={close}>
            Delete channel
          </Button>
        </footer>
      </Dialog>
      <BareDialog open={open === "bare"} onOpenChange={close} label="Bare">
        <p className="jump-head">What stands here makes its own frame.</p>
      </BareDialog>
    </Specimen>
  )
}

const Toasts = () => {
  const { say, complain } = useToast()
  return (
    <Specimen title="Toasts">
      <Line>
        <Button onClick={() => say("The link is copied.")}>Say something</Button>
        <Button onClick={() => complain("That did not work. Try again in a moment.")}>Complain</Button>
      </Line>
      <div className="toast">
        <CheckCircleIcon {...icon} />
        <span className="grow">The link is copied.</span>
        <IconButton small label="Close, an example" icon={<XIcon className="i s" aria-hidden="true" />} />
      </div>
      <div className="toast">
        <WarningCircleIcon {...icon} weight="fill" />
        <span className="grow">
          Copying is not allowed here. The link is https://hearth.example.org/s/5000/6001/1204 and can be marked by
          hand.
        </span>
        <IconButton small label="Close, another example" icon={<XIcon className="i s" aria-hidden="true" />} />
      </div>
    </Specimen>
  )
}

export const Floats = () => (
  <Section id="floats" title="What floats">
    <Menus />
    <Dialogs />
    <Toasts />
  </Section>
)
