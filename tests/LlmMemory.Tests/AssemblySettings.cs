using Xunit;

// One test at a time: a runspace that switches to ConstrainedLanguage changes how the engine compiles scripts for
// every runspace of the process that compiles at that moment.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
