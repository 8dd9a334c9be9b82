// Tells the thread sanitizer what Swift's Mutex does when two threads meet at it.
//
// The uncontended path of `Synchronization.Mutex` is compiled into each caller, where the sanitizer
// sees its atomic operations. The contended path is a futex call inside the Swift runtime, which is
// not instrumented: whoever had to wait seems to have entered without an order, and every access
// under the lock is reported as a race. These two functions stand in front of the runtime's own and
// add the order that is there. Only sanitized builds have them; nothing is suppressed.

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

extern void __tsan_acquire(void *address);
extern void __tsan_release(void *address);

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef __attribute__((swiftcall)) void lock_slow(
    uint32_t thread, __attribute__((swift_context)) void *mutex);
typedef __attribute__((swiftcall)) void unlock_slow(__attribute__((swift_context)) void *mutex);

__attribute__((swiftcall)) void clinux_lock_slow(
    uint32_t thread, __attribute__((swift_context)) void *mutex) __asm__(LOCK_SLOW);
__attribute__((swiftcall)) void clinux_unlock_slow(
    __attribute__((swift_context)) void *mutex) __asm__(UNLOCK_SLOW);

__attribute__((swiftcall)) void clinux_lock_slow(
    uint32_t thread, __attribute__((swift_context)) void *mutex) {
  lock_slow *runtime = (lock_slow *)dlsym(RTLD_NEXT, LOCK_SLOW);
  runtime(thread, mutex);
  __tsan_acquire(mutex);
}

__attribute__((swiftcall)) void clinux_unlock_slow(__attribute__((swift_context)) void *mutex) {
  unlock_slow *runtime = (unlock_slow *)dlsym(RTLD_NEXT, UNLOCK_SLOW);
  __tsan_release(mutex);
  runtime(mutex);
}

#endif
#endif
