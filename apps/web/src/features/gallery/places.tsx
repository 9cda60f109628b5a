"use client"
import "../conversation/conversation.css"
import type { Conversation } from "@hearth/core"
import {
  Bone,
  Count,
  Dot,
  Face,
  Faces,
  type FaceSize,
  type Glow,
  HashIcon,
  Place,
  placeClass,
  PlaceLetters,
  type PresenceState,
  PresenceSign,
  RoundBone,
} from "@hearth/ui"
import { ChannelList, ChannelRow } from "../channel/channel-list.tsx"
import { ConversationFace } from "../conversation/conversation-face.tsx"
import { GroupIcon } from "../conversation/group-icon.tsx"
import { GroupPicture } from "../conversation/group-picture.tsx"
import { PeoplePanel, Person } from "../member/people-panel.tsx"
import { Rail } from "../shell/rail.tsx"
import { faces, people } from "./people.ts"
import { channels, guild } from "./place.ts"
import { As, Line, Named, Section, Specimen } from "./specimen.tsx"

const sizes: readonly FaceSize[] = [64, 48, 36, 32, 28, 24, 20, 18]
const groupSizes: readonly FaceSize[] = [64, 32, 28]
const states: readonly PresenceState[] = ["online", "phone", "idle", "dnd", "offline"]
const presenceWords: Record<PresenceState, string> = {
  online: "Here",
  phone: "Here, on a phone",
  idle: "Idle",
  dnd: "Do not disturb",
  offline: "Not here",
  unknown: "",
}

const Round = () => (
  <Specimen title="People are round">
    <Line>
      {sizes.map((size, i) => (
        <Face key={size} id={faces[i]?.id ?? ""} name={faces[i]?.name ?? ""} size={size} title />
      ))}
    </Line>
    <Line>
      {states.map((state, i) => (
        <Named key={state} name={presenceWords[state]}>
          <Face
            id={faces[i]?.id ?? ""}
            name={faces[i]?.name ?? ""}
            size={36}
            presence={state}
            presenceLabel={presenceWords[state]}
          />
        </Named>
      ))}
    </Line>
    <Line>
      <Faces people={faces} max={4} size={24} />
      <span className="hint gal-signs">
        {states.map((state) => (
          <PresenceSign key={state} state={state} label={presenceWords[state]} />
        ))}
      </span>
    </Line>
  </Specimen>
)

interface ArchProps {
  glow?: Glow
  here?: boolean
  asks?: number
  unread?: boolean
}

const Arch = ({ glow = 0, here = false, asks = 0, unread = false }: ArchProps) => (
  <a
    className={placeClass({ here, lit: glow > 0 })}
    data-glow={glow}
    href="#places"
    aria-label={asks > 0 ? `Kayak club, ${asks} for you` : "Kayak club"}
  >
    <PlaceLetters name="Kayak club" />
    {asks > 0 && <Count value={asks} />}
    {unread && <Dot />}
  </a>
)

const Arched = () => (
  <Specimen title="Servers are arched, and glow">
    <div className="gal-strip">
      <Named name="quiet">
        <Place name="Kayak club" />
      </Named>
      <Named name="lively">
        <Arch glow={2} />
      </Named>
      <Named name="full">
        <Arch glow={4} />
      </Named>
      <Named name="open">
        <Arch here />
      </Named>
      <Named name="asks you">
        <Arch glow={1} asks={3} />
      </Named>
      <Named name="unread">
        <Arch unread />
      </Named>
      <Named name="hover">
        <As state="hover">
          <Arch />
        </As>
      </Named>
      <Named name="focus">
        <As state="focus">
          <Arch />
        </As>
      </Named>
    </div>
  </Specimen>
)

/** What a row's classes can say, whether or not the data of the gallery gets there. */
const Row = ({ name, look = "", glow = 0, shown }: { name: string; look?: string; glow?: Glow; shown?: number }) => (
  <a className={`ch ${look}`} data-glow={glow} href="#places">
    <HashIcon className="i" aria-hidden="true" />
    <span className="clip">{name}</span>
    {look === "new" && <span className="dot" />}
    {shown !== undefined && <Faces people={faces.slice(shown, shown + 2)} size={20} />}
  </a>
)

const Rows = () => (
  <Specimen title="Rows of channels">
    <div className="list gal-list">
      <ChannelRow channel={channels.read} here={false} />
      <As state="hover">
        <Row name="hovered" />
      </As>
      <As state="focus">
        <Row name="focused" />
      </As>
      <ChannelRow channel={channels.unread} here={false} />
      <Row name="lively" glow={4} shown={1} />
      <Row name="lively-and-unread" look="new" glow={3} shown={4} />
      <ChannelRow channel={channels.open} here />
      <ChannelRow channel={channels.long} here={false} />
      <ChannelRow channel={channels.rightToLeft} here={false} />
      <div className="ch">
        <Bone width={3} />
      </div>
    </div>
  </Specimen>
)

const row = (start: number) => {
  const person = people[start]
  return person && { user: { id: person.id, displayName: person.displayName }, roleIds: [], joinedAt: 0 }
}

const Persons = () => (
  <Specimen title="Rows of people">
    <div className="people gal-list" role="list" aria-label="People">
      <Person row={row(1)} away={false} />
      <As state="hover">
        <Person row={row(4)} away={false} />
      </As>
      <Person row={row(8)} away />
      <Person row={row(10)} away={false} />
      <Person row={row(11)} away={false} />
      <Person row={undefined} away={false} />
    </div>
    <Line>
      <RoundBone />
      <div className="gal-bones">
        <Bone width={1} />
        <Bone width={4} />
      </div>
    </Line>
  </Specimen>
)

/** Any picture will do: what people give is for their group alone. */
const GIVEN = "/portraits/maren-1.svg"
const group: Conversation = {
  kind: "group",
  ownerId: null,
  people: people.slice(1, 4).map(({ id, displayName }) => ({ id, displayName })),
  count: 4,
  muted: false,
  pending: false,
}

const Groups = () => (
  <Specimen title="A group is two of its people, or its picture">
    <Line>
      <ConversationFace of={group} size={64} />
      <ConversationFace of={group} />
      {groupSizes.map((size) => (
        <GroupIcon key={size} src={GIVEN} size={size}>
          {null}
        </GroupIcon>
      ))}
    </Line>
    <GroupPicture conversationId="5300" of={group} />
  </Specimen>
)

const Panes = () => (
  <Specimen title="Rail, list and people" wide>
    <div className="gal-panes">
      <Rail />
      <ChannelList snapshot={guild} />
      <PeoplePanel guildId={guild.guild.id} />
    </div>
  </Specimen>
)

export const Places = () => (
  <Section id="places" title="People, servers, channels">
    <Round />
    <Arched />
    <Rows />
    <Persons />
    <Groups />
    <Panes />
  </Section>
)
