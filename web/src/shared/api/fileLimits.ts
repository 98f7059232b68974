// Answers why a file is not sent at all: known before it travels.
import { addCatalogue, textOf } from '@/shared/i18n'
import en from './fileWords.en'
import zh from './fileWords.zh'
import { Problem } from './problem'

addCatalogue('zh-CN', 'shared/files', zh)
addCatalogue('en', 'shared/files', en)

const { t } = textOf<typeof zh>('shared', 'files')
const MB = 1024 * 1024

export function refusalOf({ name, size }: File, mostMb: number): Problem | undefined {
  if (size === 0) return new Problem({ code: 'client.file_empty', title: t('empty', { name }) })
  if (size <= mostMb * MB) return undefined
  return new Problem({ code: 'client.file_large', title: t('large', { name, most: mostMb }) })
}

/** It stays refused: another file is needed. */
export function isOfTheFile({ code }: Problem): boolean {
  return code === 'client.file_empty' || code === 'client.file_large'
}
