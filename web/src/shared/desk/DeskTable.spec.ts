import { mount, RouterLinkStub } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { ref, shallowRef } from 'vue'
import { Problem } from '@/shared/api/problem'
import { useCursorPages } from '@/shared/composables/useCursorPages'
import { settle } from '@/shared/testing/turns'
import DeskTable from './DeskTable.vue'

interface Row {
  id: string
  name: string
}

function table(pages = useCursorPages()) {
  const query = {
    data: shallowRef<{ items: Row[]; next: string | null }>(),
    error: shallowRef<Error | null>(null),
    isFetching: ref(false),
    dataUpdatedAt: ref(0),
    refetch: vi.fn(),
  }
  const wrapper = mount(DeskTable<Row>, {
    props: {
      query,
      pages,
      rowKey: 'id',
      label: '学员',
      columns: [{ key: 'name', label: '姓名' }],
      emptyTitle: '还没有人',
    },
    slots: { name: ({ row }: { row: Row }) => `${row.name} 老师` },
  })
  return { query, wrapper, pages }
}

test('a desk table has its loading, failing, empty and filled state', async () => {
  const { query, wrapper } = table()
  expect(wrapper.find('.skeleton').exists()).toBe(true)
  query.error.value = Problem.network()
  await settle()
  await wrapper.get('[role=alert] button').trigger('click')
  expect(query.refetch).toHaveBeenCalled()
  query.error.value = null
  query.data.value = { items: [], next: null }
  await settle()
  expect(wrapper.text()).toContain('还没有人')
  query.data.value = { items: [{ id: '1', name: '王' }], next: null }
  await settle()
  expect(wrapper.text()).toContain('王 老师')
})

test('pages go forward by the server’s cursor and back the way they came', async () => {
  const { query, wrapper, pages } = table()
  query.data.value = { items: [{ id: '1', name: '王' }], next: 'c1' }
  await settle()
  const [previous, next] = wrapper.findAll('.pager button')
  expect(previous?.attributes('disabled')).toBeDefined()
  await next?.trigger('click')
  expect(pages.after.value).toBe('c1')
  await previous?.trigger('click')
  expect(pages.after.value).toBeUndefined()
})

interface Way {
  to?: (row: Row) => { path: string }
  onOpen?: (row: Row) => void
}

/** The table draws its rows after its columns have told it of themselves. */
async function filled(way: Way) {
  const wrapper = mount(DeskTable<Row>, {
    props: {
      query: {
        data: { items: [{ id: '1', name: '王' }] },
        error: null,
        isFetching: false,
        dataUpdatedAt: 0,
        refetch: vi.fn(),
      },
      rowKey: 'id',
      label: '学员',
      columns: [
        { key: 'name', label: '姓名' },
        { key: 'id', label: '编号' },
      ],
      ...way,
    },
    global: { stubs: { RouterLink: RouterLinkStub } },
  })
  await settle()
  return wrapper
}

test('the first cell of a row is the link to the row’s page', async () => {
  const page = await filled({ to: ({ id }) => ({ path: `/people/${id}` }) })
  const links = page.findAllComponents(RouterLinkStub)
  expect(links.map((link) => [link.text(), link.props('to')])).toEqual([['王', { path: '/people/1' }]])
})

test('the first cell of a row opens what the page listens for', async () => {
  const onOpen = vi.fn()
  const page = await filled({ onOpen })
  await page.get('tbody button').trigger('click')
  expect(onOpen).toHaveBeenCalledWith({ id: '1', name: '王' })
})

test('a table that leads nowhere has neither links nor buttons in it', async () => {
  const page = await filled({})
  expect(page.find('tbody a').exists()).toBe(false)
  expect(page.find('tbody button').exists()).toBe(false)
})

test('what is chosen is what is ticked: given up by the page, and gone with the last row', async () => {
  const { query, wrapper } = table()
  query.data.value = { items: [{ id: '1', name: '王' }], next: null }
  await wrapper.setProps({ selectable: true })
  await settle()
  const ticked = () => wrapper.findAll<HTMLInputElement>('tbody input').map(({ element }) => element.checked)
  const chosen = () =>
    wrapper
      .emitted<[Row[]]>('update:selected')
      ?.at(-1)?.[0]
      .map(({ id }) => id)
  await wrapper.get('tbody input').setValue(true)
  expect(chosen()).toEqual(['1'])
  await wrapper.setProps({ selected: [{ id: '1', name: '王' }] })
  await wrapper.setProps({ selected: [] })
  await settle()
  expect(ticked()).toEqual([false])

  await wrapper.get('tbody input').setValue(true)
  expect(chosen()).toEqual(['1'])
  query.data.value = { items: [], next: null }
  await settle()
  expect(chosen()).toEqual([])
})
