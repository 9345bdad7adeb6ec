using System;

namespace LlmMemory.Launching.Targets;

/// <summary>Something that gives a job its place: it needs devices and bytes, and asks for no model.</summary>
internal abstract class SchedulerTarget : LaunchTarget
{
    private const long MiB = 1L << 20;

    private protected SchedulerTarget(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    private protected override void CheckSuits(LaunchRequest request)
    {
        // Any estimate has bytes.
    }

    private protected sealed override LaunchDocument Write(LaunchRequest request, LaunchLayout layout, LaunchShell shell)
    {
        var draft = new LaunchDraft(Name, request, namesAll: false);
        draft.NoteAssumed(layout);
        return Write(draft, layout);
    }

    private protected abstract LaunchDocument Write(LaunchDraft draft, LaunchLayout layout);

    /// <summary>The MiB of host memory on each node, a started one counted whole; null where it is not modelled.</summary>
    private protected static long? HostMiB(LaunchDraft draft, LaunchLayout layout)
    {
        if (draft.Request.Figures.HostBytes is not { } host)
        {
            draft.Note("Host memory is not modelled here: ask for what loading takes beside.");
            return null;
        }

        return (long)Math.Ceiling((decimal)host / layout.Nodes / MiB);
    }
}
