using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace LlmMemory.Models.Reading;

/// <summary>
/// The name of a tensor in a checkpoint, taken apart: <c>model.layers.3.mlp.experts.17.up_proj.qweight</c> is the
/// <c>qweight</c> of a module in layer 3, one of those of <c>model.layers.3.mlp.experts.*.up_proj</c>. The experts of a
/// layer differ in nothing but their number, so one of these stands for all of them.
/// </summary>
internal sealed class SafetensorsTensorName
{
    private const string Experts = "experts.";

    // Some call the list so; it ends with the same letters.
    private const string Local = "local_";

    private static readonly HashSet<string> LayerLists = new(StringComparer.Ordinal)
    {
        "layers", "layer", "h", "blocks", "block", "resblocks", "global_layers", "mtp_layers",
    };

    private SafetensorsTensorName(string pattern)
    {
        var steps = pattern.Split('.');
        Pattern = pattern;
        Steps = steps;
        Layer = FindLayer(steps);
        (ModulePattern, Ending) = Split(pattern);
    }

    /// <summary>The whole name, the number of an expert replaced by a star.</summary>
    public string Pattern { get; }

    /// <summary>Its steps between the dots.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>What the tensor belongs to, the number of an expert replaced by a star.</summary>
    public string ModulePattern { get; }

    /// <summary>What it is there: <c>weight</c>, <c>bias</c>, <c>qweight</c>, <c>weight.absmax</c>; empty where the module is the tensor.</summary>
    public string Ending { get; }

    /// <summary>The layer, from 0; null outside the layers.</summary>
    public int? Layer { get; }

    /// <summary>Takes a name apart.</summary>
    /// <param name="name">The name, or its pattern.</param>
    public static SafetensorsTensorName Parse(string name)
    {
        return new SafetensorsTensorName(PatternOf(name));
    }

    /// <summary>The name with the number of the expert replaced by a star; the name itself where it has none.</summary>
    /// <param name="name">The name.</param>
    public static string PatternOf(string name)
    {
        var start = FindExperts(name) + Experts.Length;
        if (start < Experts.Length)
        {
            return name;
        }

        var end = start;
        while (end < name.Length && name[end] is >= '0' and <= '9')
        {
            end++;
        }

        var isNumber = end > start && (end == name.Length || name[end] == '.');
        return isNumber ? name.Substring(0, start) + "*" + name.Substring(end) : name;
    }

    /// <summary>What the tensor of that name belongs to.</summary>
    /// <param name="name">A name of this pattern.</param>
    public string ModuleOf(string name)
    {
        return name == Pattern ? ModulePattern : name.Substring(0, name.Length - Pattern.Length + ModulePattern.Length);
    }

    /// <summary>True where the name has one of these steps.</summary>
    public bool Has(params string[] steps)
    {
        return Steps.Any(step => Array.IndexOf(steps, step) >= 0);
    }

    /// <summary>Where the first step stands that is a list of experts; below zero where there is none.</summary>
    private static int FindExperts(string name)
    {
        var at = name.IndexOf(Experts, StringComparison.Ordinal);
        while (at >= 0 && !StartsStep(name, at) && !(EndsWithLocal(name, at) && StartsStep(name, at - Local.Length)))
        {
            at = name.IndexOf(Experts, at + 1, StringComparison.Ordinal);
        }

        return at;
    }

    private static bool StartsStep(string name, int at)
    {
        return at == 0 || name[at - 1] == '.';
    }

    private static bool EndsWithLocal(string name, int at)
    {
        return at >= Local.Length && string.CompareOrdinal(name, at - Local.Length, Local, 0, Local.Length) == 0;
    }

    private static int? FindLayer(string[] steps)
    {
        for (var i = 1; i < steps.Length; i++)
        {
            if (LayerLists.Contains(steps[i - 1])
                && int.TryParse(steps[i], NumberStyles.None, CultureInfo.InvariantCulture, out var layer))
            {
                return layer;
            }
        }

        return null;
    }

    private static (string Module, string Ending) Split(string name)
    {
        // bitsandbytes hangs what belongs to a weight below it: up_proj.weight.absmax.
        var below = name.IndexOf(".weight.", StringComparison.Ordinal);
        if (below > 0)
        {
            return (name.Substring(0, below), name.Substring(below + 1));
        }

        var dot = name.LastIndexOf('.');
        var last = name.Substring(dot + 1);
        var suffix = Array.Find(PackedEndings.Suffixes, end => last.EndsWith(end, StringComparison.Ordinal) && last.Length > end.Length);
        return dot > 0 && PackedEndings.IsEnding(last) ? (name.Substring(0, dot), last)
            : suffix is not null ? (name.Substring(0, name.Length - suffix.Length), suffix)
            : (name, string.Empty);
    }
}
