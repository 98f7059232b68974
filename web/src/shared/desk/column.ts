// What a column of a desk table is.
export interface DeskColumn<Row> {
  /** Names the cell's slot, and the field shown when there is neither slot nor `text`. */
  key: string
  label: string
  text?: (row: Row) => string | number | null | undefined
  width?: number
  minWidth?: number
  align?: 'left' | 'center' | 'right'
  fixed?: 'left' | 'right'
}
