// Answers how a file that came as an answer reaches the browser's own downloads.
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has its own hold on the data once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
