// Answers under which name this device keeps the correction of a post while it is typed.
export const correctionOf = (postId: string): string => `post:${postId}`
