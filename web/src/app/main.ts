// Puts the application together.
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '@/shared/styles/tokens.css'
import '@/shared/styles/base.css'
import '@/shared/styles/controls.css'
import { live } from '@/shared/live/socket'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { createQueryClient, keepOnDevice } from '@/shared/query/client'
import { usePreferences } from '@/shared/session/preferences'
import { useSession } from '@/shared/session/session'
import App from './App.vue'
import { followPerson } from './followPerson'
import { createAppRouter, leaveWhenSignedOut } from './router'

const app = createApp(App)
const queries = createQueryClient()
app.use(createPinia())
app.use(VueQueryPlugin, { queryClient: queries })

usePreferences()
const session = useSession()
const router = createAppRouter(queries)
app.use(router)
leaveWhenSignedOut(router)
keepOnDevice(queries, () => session.personId)

app.runWithContext(() => {
  followPerson(queries, live)
  useOutbox().watchNetwork()
})
window.addEventListener('online', () => live.wake())
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && live.wake())

app.mount('#app')
