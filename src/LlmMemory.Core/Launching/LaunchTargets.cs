using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Launching.Targets;
using LlmMemory.Naming;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Launching;

/// <summary>What starts are written for.</summary>
public static class LaunchTargets
{
    private const string DeepSpeed = "DeepSpeed";

    private const string Accelerate = "Accelerate";

    private const string Torchrun = "torchrun";

    // The frameworks that stand on Accelerate, and shard through it.
    private static readonly string[] OnAccelerate = ["HFTrainer", "TRL", "TorchLoop"];

    /// <summary>All of them: servers, launchers of trainings, schedulers.</summary>
    public static NamedCatalogue<LaunchTarget> All { get; } = new(
        "launch target",
        ErrorIds.LaunchTargetUnknown,
        new VllmTarget(),
        new SglangTarget(),
        new LlamaCppTarget(),
        new OllamaTarget(),
        new TgiTarget(),
        new DeepSpeedTarget(),
        new AccelerateTarget(),
        new TorchrunTarget(),
        new KubernetesTarget(),
        new SlurmTarget(),
        new RayTarget());

    /// <summary>The target that follows from what was estimated: the engine itself, or what shards as the training does.</summary>
    /// <param name="request">What is to be started.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LaunchTargetMissing"/> or <see cref="ErrorIds.LaunchNeedsModel"/>.</exception>
    public static LaunchTarget DefaultFor(LaunchRequest request)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        if (request.Model is null)
        {
            throw new LlmMemoryException(
                ErrorIds.LaunchNeedsModel,
                request.Mode,
                "A parameter count names no model to start. Estimate one, Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM, "
                + "or ask for a scheduler, which needs bytes alone: -Target Kubernetes.");
        }

        return request.IsTraining ? All.Find(Launcher(request))
            : request.Engine is { } engine && All.TryFind(engine, out var target) ? target
            : throw Missing(request);
    }

    private static string Launcher(LaunchRequest request)
    {
        return request.Training?.Sharding is not { } sharding || !OnAccelerate.Contains(request.Engine) || sharding == Sharding.None ? Torchrun
            : sharding.IsZero ? DeepSpeed
            : Accelerate;
    }

    private static LlmMemoryException Missing(LaunchRequest request)
    {
        var why = request.Engine is null ? "The estimate names no engine" : $"Starts of {request.Engine} are not written here";
        return new LlmMemoryException(
            ErrorIds.LaunchTargetMissing, request.Engine, $"{why}, so say what is to start the model: -Target vLLM.");
    }
}
