# helios job k3v9x0c2m1qa: 3 chunks in 2 tasks, then the merge. Run it with make -j2 for two tasks at once.
# cancel: Ctrl-C; the next make continues. clean up: make clean, which removes the stamps
SHELL := /bin/sh
STAMPS := .helios/k3v9x0c2m1qa-4ca3ffde8f7c-3-2

define render
HELIOS_CHUNK_INDEX=$* HELIOS_CHUNKS_PER_TASK=2 '/opt/my tools/helios' render-chunk 'it'\''s $$HOME & 50% #1.json'
endef

define merge
'/opt/my tools/helios' merge-chunks 'it'\''s $$HOME & 50% #1.json'
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
  74|75|130|137|143) [ "$$attempt" -lt 0 ] || { $(2); exit "$$code"; } ;; \
  *) { $(2); exit "$$code"; } ;; \
  esac; \
  attempt=$$((attempt + 1)); \
  sleep "$$attempt"; \
  done
endef

.PHONY: all clean
all: $(STAMPS)/merged

clean:
	rm -rf $(STAMPS)

TASKS := $(STAMPS)/task-0 $(STAMPS)/task-1

$(STAMPS)/merged: $(TASKS)
	@$(call retry,$(merge),rm -rf $(STAMPS))
	@touch $@

$(TASKS): $(STAMPS)/task-%:
	@mkdir -p $(@D)
	@$(call retry,$(render),:)
	@touch $@
