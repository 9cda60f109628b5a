import { Bone, ChatCircleIcon, Mark, RoundBone, Skeleton } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { type StillPage, StillRows } from "../still/still-rows.tsx"
import { ConnectionBanner } from "./connection-banner.tsx"
import { LoadingPanes } from "./loading-panes.tsx"

const rows = [2, 3, 1, 2, 2, 3, 1] as const
const messages = [
  [1, 3, 2],
  [1, 4],
  [1, 2, 3, 2],
  [1, 3],
] as const

const PeopleToCome = () => (
  <div className="people to-come">
    <div className="people-scroll bones" aria-hidden="true">
      {([2, 3, 2, 2, 3] as const).map((width, i) => (
        <div className="person" key={i}>
          <span className="bone round f32" />
          <Bone width={width} />
        </div>
      ))}
    </div>
  </div>
)

/** The app before the first snapshot, in its final sizes: nothing moves when it comes. `still`: what is written there already. */
export const LoadingShell = ({ still }: { still: StillPage | null }) => {
  const t = useTranslations("common")
  return (
    <LoadingPanes people={<PeopleToCome />}>
      <div className="drawer">
        <div className="rail">
          <span className="railbtn">
            <Mark />
          </span>
          <span className="railbtn">
            <ChatCircleIcon className="i" aria-hidden="true" />
          </span>
        </div>
        <div className="list">
          <div className="bar">
            <Bone width={3} />
          </div>
          <div className="bones" aria-hidden="true">
            {rows.map((width, i) => (
              <div className="ch" key={i}>
                <Bone width={width} />
              </div>
            ))}
          </div>
        </div>
      </div>
      <main className="room">
        <header className="bar">
          <Bone width={1} />
        </header>
        {still ? (
          <StillRows {...still} label={t("loading")} />
        ) : (
          <>
            <Skeleton label={t("loading")}>
              <div className="col">
                {messages.map((lines, i) => (
                  <div className="msg" key={i}>
                    <RoundBone />
                    <div className="body bone-lines">
                      {lines.map((width, j) => (
                        <Bone width={width} key={j} />
                      ))}
                    </div>
                  </div>
                ))}
              </div>
            </Skeleton>
            <span className="grow" />
          </>
        )}
        <ConnectionBanner writing={false} />
        <div className="col composer" aria-hidden="true">
          <div className="write">
            <span className="ib" />
            <div className="text">{"\u00a0"}</div>
          </div>
        </div>
      </main>
    </LoadingPanes>
  )
}
