"use client"
import {
  Banner,
  Bone,
  Button,
  CloudSlashIcon,
  EmptyState,
  Skeleton,
  WarningCircleIcon,
  WifiSlashIcon,
} from "@hearth/ui"
import { Complaint } from "../shell/complaint.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { AppError } from "@hearth/core"
import { Section, Specimen } from "./specimen.tsx"

const nothing = () => {}
const paged = {
  items: null,
  error: null,
  hasMore: false,
  loading: true,
  more: nothing,
  again: nothing,
  change: nothing,
}
const names = ["Invite to the dome", "Invite for newcomers"]

const Row = (name: string) => (
  <li key={name} className="line">
    <span className="grow">
      <span className="name">{name}</span>
      <span className="hint">used 3 times</span>
    </span>
    <Button size="small">Revoke</Button>
  </li>
)

export const States = () => (
  <Section id="states" title="States">
    <Specimen title="Banners">
      <div className="gal-stack">
        <Banner
          icon={<WifiSlashIcon className="i" aria-hidden="true" />}
          action={
            <Button look="bare" size="small">
              Now
            </Button>
          }
        >
          No connection since 14:08. You can go on writing.
        </Banner>
        <Banner
          tone="warn"
          icon={<CloudSlashIcon className="i" aria-hidden="true" />}
          title="Older messages did not load."
          action={<Button size="small">Try again</Button>}
        >
          They are safe.
        </Banner>
        <Banner
          tone="bad"
          icon={<WarningCircleIcon className="i" weight="fill" aria-hidden="true" />}
          title="Not saved"
        >
          The name is taken. Choose another, the rest is kept.
        </Banner>
        <Complaint error={new AppError("UNAVAILABLE", "The server does not answer just now.")} retry={nothing} />
      </div>
    </Specimen>
    <Specimen title="Empty">
      <div className="gal-box">
        <EmptyState title="A fresh channel" level={3} actions={<Button look="ember">Write the first message</Button>}>
          For the motor, the rain sensor and everything that should open by itself.
        </EmptyState>
      </div>
    </Specimen>
    <Specimen title="Not found, and forbidden">
      <div className="gal-box">
        <EmptyState title="There is no room here" level={3} sun={false} actions={<Button>Go to Larkfield</Button>}>
          The link may be old, or it leads to a channel that you are not in.
        </EmptyState>
      </div>
    </Specimen>
    <Specimen title="A list: loading, empty, failed, with more">
      <div className="sheet gal-sheet">
        <PagedList paged={paged} label="Invites" loadingLabel="Loading" empty="" row={Row} />
        <PagedList
          paged={{ ...paged, items: [], loading: false }}
          label="No invites"
          loadingLabel="Loading"
          empty="There are no invites yet."
          row={Row}
        />
        <PagedList
          paged={{ ...paged, loading: false, error: new AppError("UNAVAILABLE", "The invites did not load.") }}
          label="Failed invites"
          loadingLabel="Loading"
          empty=""
          row={Row}
        />
        <PagedList
          paged={{ ...paged, items: names, loading: false, hasMore: true }}
          label="Some invites"
          loadingLabel="Loading"
          empty=""
          row={Row}
        />
      </div>
    </Specimen>
    <Specimen title="Skeleton">
      <Skeleton label="Loading, an example">
        <div className="gal-bones">
          <Bone width={1} />
          <Bone width={4} />
          <Bone width={3} />
          <Bone width={2} />
        </div>
      </Skeleton>
    </Specimen>
  </Section>
)
