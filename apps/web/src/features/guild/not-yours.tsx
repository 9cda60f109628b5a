"use client"
import { EmptyState } from "@hearth/ui"

/** A page of settings for which one lacks the permission. */
export const NotYours = ({ title }: { title: string }) => (
  <EmptyState level={1} sun={false} title={title}>
    Only those who look after the server can change this.
  </EmptyState>
)
