using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters.Modules;
using LlmMemory.Errors;

namespace LlmMemory.Adapters;

/// <summary>What is said about an adapter that cannot be made.</summary>
internal static class AdapterErrors
{
    // A longer list does not help whoever mistyped one name.
    private const int MaxListed = 30;

    /// <summary>Refuses a rank below one.</summary>
    public static void EnsureRank(int rank)
    {
        if (rank < 1)
        {
            throw new LlmMemoryException(
                ErrorIds.AdapterRankOutOfRange, rank, $"A rank of {rank} is none: a rank is 1 or more. A good one is 16.");
        }
    }

    /// <summary>A rank that a module is too small for.</summary>
    public static LlmMemoryException RankTooLarge(int rank, TargetModule target)
    {
        var limit = Math.Min(target.Inputs, target.Outputs);
        return new LlmMemoryException(
            ErrorIds.AdapterRankOutOfRange,
            rank,
            $"A rank of {rank} is above what {Quoted.Value(target.Path)} has: its matrix is {target.Outputs} x {target.Inputs}, "
            + $"so that {limit} is its full rank. A good rank is {Math.Min(16, limit)}.");
    }

    /// <summary>A name or expression that cannot be used.</summary>
    public static LlmMemoryException Pattern(string? name, string reason, Exception? cause = null)
    {
        return new LlmMemoryException(
            ErrorIds.AdapterPatternInvalid,
            name,
            $"{Quoted.Value(name)} cannot be used to find modules: {reason}. Write a name such as q_proj, "
            + @"or an expression such as 're:.*self_attn\.(q|v)_proj'.",
            cause);
    }

    /// <summary>A setting that does not fit the method or another setting.</summary>
    public static LlmMemoryException Setting(object? value, string message)
    {
        return new LlmMemoryException(ErrorIds.AdapterSettingInvalid, value, message);
    }

    /// <summary>Names that no module has.</summary>
    public static LlmMemoryException NoTarget(string asked, string modelName, IEnumerable<string> names)
    {
        return new LlmMemoryException(
            ErrorIds.AdapterTargetUnknown,
            asked,
            $"No module of {Quoted.Value(modelName)} is meant by {Quoted.Value(asked)}. There are: {Listing(names)}.");
    }

    /// <summary>A model whose targets PEFT does not know by default.</summary>
    public static LlmMemoryException NoDefault(string? modelType, string method, IEnumerable<string> names)
    {
        return new LlmMemoryException(
            ErrorIds.AdapterTargetUnknown,
            modelType,
            $"PEFT has no default modules of {method} for a model of type {Quoted.Value(modelType ?? "unknown")}: say -TargetModules. "
            + $"There are: {Listing(names)}; all-linear takes every linear layer but the head.");
    }

    /// <summary>A module that the method cannot stand beside.</summary>
    public static LlmMemoryException Unsupported(string method, ModelModule module)
    {
        return new LlmMemoryException(
            ErrorIds.AdapterTargetUnsupported,
            module.Path,
            $"{method} cannot adapt {Quoted.Value(module.Path)}, which is {Describe(module.Kind)}. Leave it out of -TargetModules"
            + $"{(module.Kind == ModuleKind.Other ? ", or name its parameter in -TargetParameters: experts.gate_up_proj" : string.Empty)}.");
    }

    /// <summary>A module that PEFT refuses to adapt in a model with Mamba layers.</summary>
    public static LlmMemoryException RefusedInMamba(string method, ModelModule module)
    {
        return new LlmMemoryException(
            ErrorIds.AdapterTargetUnsupported,
            module.Path,
            $"PEFT refuses {method} beside {Quoted.Value(module.Path)}: Mamba's kernels read that weight past the adapter. Leave it out: -ExcludeModules {module.Name}.");
    }

    private static string Describe(ModuleKind kind)
    {
        return kind switch
        {
            ModuleKind.Linear => "a linear layer",
            ModuleKind.TransposedLinear => "a Conv1D",
            ModuleKind.Embedding => "an embedding",
            ModuleKind.Norm => "a normalisation",
            ModuleKind.Convolution => "a convolution",
            _ => "a module around bare parameters",
        };
    }

    private static string Listing(IEnumerable<string> names)
    {
        var all = names.Distinct().ToList();
        var shown = string.Join(", ", all.Take(MaxListed));
        return all.Count <= MaxListed ? shown : $"{shown} and {all.Count - MaxListed} more";
    }
}
