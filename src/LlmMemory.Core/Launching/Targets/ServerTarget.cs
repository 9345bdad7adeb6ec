using LlmMemory.Workloads.Serving;

namespace LlmMemory.Launching.Targets;

/// <summary>An engine that serves a model.</summary>
internal abstract class ServerTarget : LaunchTarget
{
    private static readonly InferenceWorkload NothingSaid = new();

    private protected ServerTarget(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>The engine of estimates that this target is the same as.</summary>
    private protected abstract string? EngineOfEstimates { get; }

    private protected override void CheckSuits(LaunchRequest request)
    {
        if (request.IsTraining)
        {
            throw Unsuitable(request.Mode, $"{Name} serves models, and the estimate is of {request.Mode}. Write -Target DeepSpeed, Accelerate or torchrun.");
        }
    }

    private protected sealed override LaunchDocument Write(LaunchRequest request, LaunchLayout layout, LaunchShell shell)
    {
        var draft = new LaunchDraft(Name, request);
        if (request.Serving is null)
        {
            draft.Note("The estimate is of weights alone: the engine's own defaults decide on the cache.");
        }
        else if (request.Engine != EngineOfEstimates)
        {
            draft.Note(EngineOfEstimates is null
                ? $"Estimated by {request.Engine}: {Name} allocates in its own way, which is not modelled."
                : $"Estimated by {request.Engine}: {Name} allocates in its own way. Estimate with -Engine {EngineOfEstimates}.");
        }

        draft.NoteAssumed(layout);
        return Write(draft, request.Serving ?? NothingSaid, layout, shell);
    }

    private protected abstract LaunchDocument Write(LaunchDraft draft, InferenceWorkload workload, LaunchLayout layout, LaunchShell shell);

    private protected static void Note(LaunchDraft draft, LaunchModel model)
    {
        foreach (var note in model.Notes)
        {
            draft.Note(note);
        }
    }
}
