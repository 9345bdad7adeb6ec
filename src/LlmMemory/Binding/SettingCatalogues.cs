using System;
using System.Collections.Generic;
using LlmMemory.Adapters;
using LlmMemory.Estimation.Serving;
using LlmMemory.Estimation.Training;
using LlmMemory.Launching;
using LlmMemory.Naming;
using LlmMemory.Planning.Deployments;
using LlmMemory.Planning.Limits;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Binding;

/// <summary>The catalogues behind settings that are names, by what the names stand for.</summary>
internal static class SettingCatalogues
{
    private static readonly Dictionary<Type, Entry> Entries = new()
    {
        [typeof(EstimateMode)] = Entry.Of(() => EstimateMode.All),
        [typeof(Optimizer)] = Entry.Of(() => Optimizer.All),
        [typeof(ServingEngine)] = Entry.Of(() => ServingEngines.All),
        [typeof(AdapterMethod)] = Entry.Of(() => AdapterMethod.All),
        [typeof(TrainingFramework)] = Entry.Of(() => TrainingFrameworks.All),
        [typeof(TrainingPrecision)] = Entry.Of(() => TrainingPrecision.All),
        [typeof(Recomputation)] = Entry.Of(() => Recomputation.All),
        [typeof(AttentionKernel)] = Entry.Of(() => AttentionKernel.All),
        [typeof(LayerKernels)] = Entry.Of(() => LayerKernels.All),
        [typeof(LossKernel)] = Entry.Of(() => LossKernel.All),
        [typeof(Sharding)] = Entry.Of(() => Sharding.All),
        [typeof(Recipe)] = Entry.Of(() => Recipe.All),
        [typeof(ReferenceModel)] = Entry.Of(() => ReferenceModel.All),
        [typeof(Offload)] = Entry.Of(() => Offload.All),
        [typeof(TokenDispatcher)] = Entry.Of(() => TokenDispatcher.All),
        [typeof(RecomputeModule)] = Entry.Of(() => RecomputeModule.All),
        [typeof(GpuGeneration)] = Entry.Of(() => GpuGeneration.All),
        [typeof(DeploymentObjective)] = Entry.Of(() => DeploymentObjective.All),
        [typeof(LimitSetting)] = Entry.Of(() => LimitSettings.All),
        [typeof(LaunchTarget)] = Entry.Of(() => LaunchTargets.All),
        [typeof(LaunchShell)] = Entry.Of(() => LaunchShell.All),
        [typeof(GpuVendor)] = Entry.Of(() => GpuVendor.All),
        [typeof(RequestedMethod)] = Entry.Of(() => RequestedMethod.All),
    };

    /// <summary>The catalogue of a kind of thing.</summary>
    public static NamedCatalogue<T> Of<T>()
        where T : class, INamed
    {
        return (NamedCatalogue<T>)Entries[typeof(T)].Catalogue();
    }

    /// <summary>Reads values as names of a kind of thing.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="values">The values.</param>
    public static Array Read(Type type, object?[] values)
    {
        return Entries[type].Read(values);
    }

    private sealed class Entry(Func<object> catalogue, Func<object?[], Array> read)
    {
        public Func<object> Catalogue => catalogue;

        public Func<object?[], Array> Read => read;

        public static Entry Of<T>(Func<NamedCatalogue<T>> catalogue)
            where T : class, INamed
        {
            return new(catalogue, values => Array.ConvertAll(values, value => new NamedArgument<T>(value)));
        }
    }
}
