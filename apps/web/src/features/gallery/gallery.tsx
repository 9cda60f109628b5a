"use client"
import "./gallery.css"
import { Segmented, ToastProvider, TooltipProvider } from "@hearth/ui"
import { type ReactNode, useState } from "react"
import { GatewayProvider } from "../gateway/index.ts"
import { MessageProvider, useServices } from "../message/services.tsx"
import { useLook } from "../settings/use-look.tsx"
import { DialogsProvider } from "../shell/dialogs.tsx"
import { QueryProvider } from "../trpc/provider.tsx"
import { Controls } from "./controls.tsx"
import { Doings } from "./doings.tsx"
import { Floats } from "./floats.tsx"
import { Foundations } from "./foundations.tsx"
import { galleryGateway } from "./gallery-gateway.ts"
import { people } from "./people.ts"
import { Places } from "./places.tsx"
import { States } from "./states.tsx"
import { Talk } from "./talk.tsx"

const sections = [
  ["foundations", "Foundations"],
  ["controls", "Controls"],
  ["places", "People, servers, channels"],
  ["talk", "Messages"],
  ["doings", "Asked, passed on, put off"],
  ["floats", "What floats"],
  ["states", "States"],
] as const

/** Everybody in the gallery is known: nobody has to be asked. */
const Known = ({ children }: { children: ReactNode }) => {
  const { users } = useServices()
  useState(() => users.add(people))
  return children
}

const Head = () => {
  const { look, setLook } = useLook()
  return (
    <header className="gal-head">
      <h1>Gallery</h1>
      <nav aria-label="Sections">
        {sections.map(([id, title]) => (
          <a key={id} className="link" href={`#${id}`}>
            {title}
          </a>
        ))}
      </nav>
      <Segmented
        label="Theme"
        value={look.theme}
        onChange={(theme) => setLook({ theme })}
        options={[
          { value: "system", label: "System" },
          { value: "night", label: "Night" },
          { value: "paper", label: "Paper" },
        ]}
      />
    </header>
  )
}

/** Every component in every state, on a gateway that is made up. */
export const Gallery = () => (
  <TooltipProvider>
    <ToastProvider label="Notifications" closeLabel="Close">
      <QueryProvider>
        <GatewayProvider deps={galleryGateway}>
          <MessageProvider>
            <Known>
              <DialogsProvider>
                <main className="gallery">
                  <Head />
                  <Foundations />
                  <Controls />
                  <Places />
                  <Talk />
                  <Doings />
                  <Floats />
                  <States />
                </main>
              </DialogsProvider>
            </Known>
          </MessageProvider>
        </GatewayProvider>
      </QueryProvider>
    </ToastProvider>
  </TooltipProvider>
)
