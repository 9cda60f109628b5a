"use client"
import type { HeldMembers, MemberGroup, MemberRange, MemberRow, Snowflake } from "@hearth/core"
import { type Dispatch, type ReactNode, type SetStateAction, useCallback, useEffect, useMemo, useState } from "react"
import { linesOf, rangesFor } from "./member-lines.ts"
import { PeopleList } from "./people-list.tsx"
import { FIRST_RANGES, onArrow, Person } from "./people-panel.tsx"

export { PeopleField, PeopleFound } from "./people-search.tsx"

interface ManyPeopleProps extends HeldMembers {
  guildId: Snowflake
  label: string
  group: (group: MemberGroup) => ReactNode
  /** Which ranks are to be watched for what is drawn. */
  onRanges: Dispatch<SetStateAction<readonly MemberRange[]>>
}

/** Members of a server that has more than one draws: of any number, those near the screen. */
export const ManyPeople = ({ guildId, groups, total, rows, label, group, onRanges }: ManyPeopleProps) => {
  const lines = useMemo(() => linesOf(groups, total), [groups, total])
  // Whoever walks through the list stays drawn, however far one scrolls.
  const [held, setHeld] = useState<{ rank: number; row: MemberRow } | null>(null)
  const onHold = useCallback((rank: number, row: MemberRow | null) => setHeld(row && { rank, row }), [])
  const onDraw = useCallback(
    (first: number, end: number) => {
      const next = rangesFor(lines.ranks(first, end))
      onRanges((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next))
    },
    [lines, onRanges],
  )
  // Whatever is drawn in its place begins at the top.
  useEffect(() => () => onRanges(FIRST_RANGES), [onRanges])
  const line = (at: number, isAway: boolean) => {
    const it = lines.at(at)
    return it.kind === "group" ? (
      <div key={`g${it.group.key}`} role="listitem" aria-posinset={at + 1} aria-setsize={lines.length}>
        {group(it.group)}
      </div>
    ) : (
      <Person
        key={`r${it.rank}`}
        row={rows.get(it.rank) ?? (isAway ? held?.row : undefined)}
        away={it.away}
        guildId={guildId}
        rank={it.rank}
        line={at}
        of={lines.length}
        held={isAway}
        onHold={onHold}
      />
    )
  }
  return (
    <PeopleList
      lines={lines}
      label={label}
      held={held ? lines.of(held.rank) : -1}
      line={line}
      onDraw={onDraw}
      onKeyDown={onArrow}
    />
  )
}
