# helios job k3v9x0c2m1qa: 1 chunk in 1 task, then the merge. Run it with make -j2 for two tasks at once.
# cancel: Ctrl-C; the next make continues. clean up: make clean, which removes the stamps
SHELL := /bin/sh
STAMPS := .helios/k3v9x0c2m1qa-9a521dd9ab03-1-1

define render
HELIOS_CHUNK_INDEX=$* HELIOS_CHUNKS_PER_TASK=1 helios render-chunk job.json
endef

define merge
helios merge-chunks job.json --then sh '--then=-c' --then 'aws sns publish --subject 50% --message "it'\''s $$HELIOS_OUTPUT $$(date)" #1' --then-optional --then-timeout 60
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

.PHONY: all clean
all: $(STAMPS)/merged

clean:
	rm -rf $(STAMPS)

TASKS := $(STAMPS)/task-0

$(STAMPS)/merged: $(TASKS)
	@$(call retry,$(merge),rm -rf $(STAMPS))
	@touch $@

$(TASKS): $(STAMPS)/task-%:
	@mkdir -p $(@D)
	@$(call retry,$(render),:)
	@touch $@
