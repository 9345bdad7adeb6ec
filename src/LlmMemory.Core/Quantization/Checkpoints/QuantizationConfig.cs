using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Sources.Config;

namespace LlmMemory.Quantization.Checkpoints;

/// <summary>A quantization_config with what its readers need beside it.</summary>
/// <param name="Fields">The configuration of the quantisation.</param>
/// <param name="Model">The whole configuration of the model.</param>
/// <param name="DataType">The data type of what is not quantised.</param>
internal sealed record QuantizationConfig(ModelConfig Fields, ModelConfig Model, DataType DataType)
{
    /// <summary>The modules that a list of the configuration names; none where there is no such list.</summary>
    /// <param name="names">The field's names.</param>
    public ModulePatterns Modules(params string[] names)
    {
        return Fields.TextList(names) is { Count: > 0 } modules ? new ModulePatterns(modules) : ModulePatterns.None;
    }

    /// <summary>The names in a part of the configuration that has settings for each of them.</summary>
    /// <param name="settings">The part.</param>
    /// <exception cref="LlmMemoryException">There are more than any model has.</exception>
    public IEnumerable<string> NamesIn(ModelConfig settings)
    {
        var names = settings.Node.Members.Keys;
        return names.Count() <= ModulePatterns.MaxTried
            ? names
            : throw Fields.Invalid(settings.Node.Path, $"has settings for {names.Count()} modules, and no model has more than {ModulePatterns.MaxTried}");
    }

    /// <summary>The size of a group of weights that share a scale; 0 for one group in a row (-1 or null).</summary>
    /// <param name="whenMissing">What is taken where the field is missing.</param>
    /// <param name="names">The field's names.</param>
    public long GroupSize(long whenMissing, params string[] names)
    {
        return GroupSize(Fields, whenMissing, names);
    }

    /// <summary>The same of a part of the configuration.</summary>
    public static long GroupSize(ModelConfig fields, long whenMissing, params string[] names)
    {
        var name = names.FirstOrDefault(fields.Says);
        if (name is null)
        {
            return whenMissing;
        }

        return fields.Node.Get(name)?.AsInt64() is -1 ? 0 : fields.Count(0, name);
    }

    /// <summary>The bits of a code.</summary>
    /// <param name="known">The numbers that the format has.</param>
    /// <param name="names">The field's names.</param>
    public int Bits(IReadOnlyList<int> known, params string[] names)
    {
        var bits = Fields.Int(names);
        return known.Contains(bits) ? bits : throw Fields.Invalid(
            names.First(name => Fields.Has(name)), $"is {bits}, and this method stores codes of {string.Join(", ", known)} bits");
    }

    /// <summary>True where the model's type starts like one of these: whose tools wrote the checkpoint.</summary>
    /// <param name="families">The beginnings of model types.</param>
    public bool IsOf(params string[] families)
    {
        return families.Any(family => Model.ModelType.StartsWith(family, StringComparison.Ordinal));
    }

    /// <summary>What is taken for granted of a layout that was read in source code and never compared with a file.</summary>
    /// <param name="method">The method as people call it.</param>
    public static string Unconfirmed(string method)
    {
        return $"The tensors of {method} are laid out as its source code says; no published size of a model confirms them. "
            + "The headers of the model's safetensors files tell its exact bytes.";
    }

    /// <summary>The error of a format that nobody here knows.</summary>
    /// <param name="format">The format as the configuration calls it.</param>
    public LlmMemoryException UnknownFormat(string format)
    {
        return new LlmMemoryException(
            ErrorIds.QuantizationUnknown,
            format,
            $"{Quoted.Value(Model.Source)} stores weights in the format {Quoted.Value(format)}, and that one is not known. "
            + "The headers of the model's safetensors files tell its exact bytes.");
    }
}
