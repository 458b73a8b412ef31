import type { ReactNode } from 'react'

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

export const LeafIcon = () => (
  <Icon>
    <path d="M10 2.5 18 17H2Z" />
    <path d="M10 2.5V17" />
  </Icon>
)
export const PlusIcon = () => (
  <Icon>
    <path d="M10 4v12M4 10h12" />
  </Icon>
)
export const SendIcon = () => (
  <Icon>
    <path d="M10 16V4M5 9l5-5 5 5" />
  </Icon>
)
export const StopIcon = () => (
  <Icon>
    <rect className="filled" x="5.5" y="5.5" width="9" height="9" rx="2" />
  </Icon>
)
export const ChevronIcon = () => (
  <Icon>
    <path d="m7.5 5 5 5-5 5" />
  </Icon>
)
export const DownIcon = () => (
  <Icon>
    <path d="M10 4v12M5 11l5 5 5-5" />
  </Icon>
)
export const RetryIcon = () => (
  <Icon>
    <path d="M15.5 10a5.5 5.5 0 1 1-1.6-3.9L16 8" />
    <path d="M16 3.5V8h-4.5" />
  </Icon>
)
export const ToolIcon = () => (
  <Icon>
    <path d="M12.2 3.2a4 4 0 0 0-4.4 5.3L3 13.3 6.7 17l4.8-4.8a4 4 0 0 0 5.3-4.4L14 10.6 9.4 6Z" />
  </Icon>
)
export const WarningIcon = () => (
  <Icon>
    <path d="M10 3 18 17H2Z" />
    <path d="M10 8v4M10 14.2v.3" />
  </Icon>
)
export const NoteIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="7.5" />
    <path d="M10 9v5M10 6v.3" />
  </Icon>
)
