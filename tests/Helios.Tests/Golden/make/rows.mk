# helios batch k3v9x0c2m1qa: 10 rows in 4 tasks, a video for each row. Run it with make -j2 for two tasks at once.
# cancel: Ctrl-C; the next make continues
SHELL := /bin/sh
# a row that fails does not end the others
MAKEFLAGS += -k

define render
HELIOS_CHUNK_INDEX=$* HELIOS_CHUNKS_PER_TASK=3 helios render-chunk batch
endef

# $(1) again while its exit code says that this can help; before giving up, $(2)
define retry
trap "exit 130" INT; \
  trap "exit 143" TERM; \
  attempt=0; \
  while :; do \
  code=0; \
  $(1) || code=$$?; \
  case $$code in \
  0) break ;; \
  74|75|130|137|143) [ "$$attempt" -lt 3 ] || { $(2); exit "$$code"; } ;; \
  *) { $(2); exit "$$code"; } ;; \
  esac; \
  attempt=$$((attempt + 1)); \
  sleep "$$attempt"; \
  done
endef

TASKS := task-0 task-1 task-2 task-3

.PHONY: all
all: $(TASKS)

.PHONY: $(TASKS)
$(TASKS): task-%:
	@$(call retry,$(render),:)
