/** The clock of the hosts: a result then says when things came. The line itself knows no time. */
export const hostClock = (): number => performance.now()
