// The log of changes as commands read it.

export interface AuditLine {
  /** ISO 8601. */
  at: string;
  /** "terminal", "slack", "discord", "web", or "start" for settings that a start found changed. */
  via: string;
  /** Workspace or server; '' = none. */
  tenant: string;
  /** The hash of a user, an account of this machine, or '' = nobody, or somebody who was forgotten. */
  actor: string;
  action: string;
  subject: string;
  details: string;
}

export interface AuditDesk {
  /** The latest, in the order of time. `user` = an id as a platform gives it, or an account. */
  list(query: { since?: string | undefined; user?: string | undefined; most: number }): Promise<AuditLine[]>;
}
