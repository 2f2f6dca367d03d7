# Ends the runner's process groups when the runner is gone, however it went (also by SIGKILL).
#
# The runner holds the other end of standard input and writes `add GROUP` before a program may begin and
# `drop GROUP` once its whole group has ended. The end of input means that the runner is gone: what was added and
# not dropped is asked to end, and killed when it does not.
trap '' HUP INT TERM

groups=
while read -r action group; do
  case $action in
    add) groups="$groups $group" ;;
    drop)
      kept=
      for other in $groups; do [ "$other" = "$group" ] || kept="$kept $other"; done
      groups=$kept
      ;;
  esac
done

any_left() {
  for group in $groups; do kill -0 "-$group" 2>/dev/null && return 0; done
  return 1
}

for group in $groups; do kill -TERM "-$group" 2>/dev/null; done
tries=0
while any_left && [ "$tries" -lt 50 ]; do
  sleep 0.1
  tries=$((tries + 1))
done
for group in $groups; do kill -KILL "-$group" 2>/dev/null; done
exit 0
