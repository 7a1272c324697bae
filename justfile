# The project's tasks; each is a plain command that also works without just.

# Read the bundled reports in data/ and write the tables to out/.
pipeline *args:
    cargo run --release -- run {{args}}

# All tests.
test *args:
    cargo test {{args}}

# Write the goldens and the data dictionary anew; look at the difference before you commit it.
bless:
    GWR_BLESS=1 cargo test --test it
    git diff --stat -- docs/data-dictionary.md tests/golden

# Everything that has to hold before a change lands.
check:
    .ci/run

# Figures on the scoring material, where it stands beside the checkout; SHOW=20 prints errors, --raise lifts the floors.
score *args:
    .ci/score {{args}}

# Throughput of the stages.
bench *args:
    cargo bench {{args}}
