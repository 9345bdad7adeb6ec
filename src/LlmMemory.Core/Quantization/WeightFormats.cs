using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Naming;
using LlmMemory.Quantization.Gguf;
using LlmMemory.Quantization.HuggingFace;

namespace LlmMemory.Quantization;

/// <summary>
/// Every way to store weights that a user may name. One name means a scheme for the tensors of a known model, and,
/// where each weight takes the same, a data type for a bare count of parameters.
/// </summary>
public static class WeightFormats
{
    private static readonly QuantizationScheme[] Schemes = [.. HuggingFaceSchemes.All, .. GgufMixtures.All];

    /// <summary>All of them: first those for which a count of parameters is enough.</summary>
    public static NamedCatalogue<INamed> All { get; } = Combine();

    /// <summary>The data type that a format is for a bare count; null for no format.</summary>
    /// <param name="format">An entry of <see cref="All"/>, or null.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.DataTypeNeedsModel"/>.</exception>
    public static DataType? DataTypeOf(INamed? format)
    {
        return format switch
        {
            null => null,
            DataType dataType => dataType,
            QuantizationScheme { DataType: { } dataType } => dataType,
            _ when DataTypeCatalogue.All.TryFind(format.Name, out var block) => block,
            _ => throw NeedsModel(format),
        };
    }

    /// <summary>The scheme that a format is for the tensors of a model.</summary>
    /// <param name="format">An entry of <see cref="All"/>.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.DataTypeNotForModel"/>.</exception>
    public static QuantizationScheme SchemeOf(INamed format)
    {
        return format as QuantizationScheme
            ?? Array.Find(Schemes, scheme => scheme.Name == format.Name)
            ?? throw NotForModel(format);
    }

    private static NamedCatalogue<INamed> Combine()
    {
        var names = new HashSet<string>(Schemes.Select(scheme => scheme.Name), StringComparer.OrdinalIgnoreCase);
        var spellings = new HashSet<string>(
            Schemes.SelectMany(scheme => scheme.Aliases.Concat([scheme.Name])), StringComparer.OrdinalIgnoreCase);
        var plain = DataTypeCatalogue.All.Select(dataType => (INamed)SchemeOf(dataType)).ToArray();
        var blocks = DataTypeCatalogue.All.Further.Where(dataType => !names.Contains(dataType.Name) && !spellings.Contains(dataType.Name));
        return new NamedCatalogue<INamed>(
            "data type", ErrorIds.DataTypeUnknown, plain, [.. Schemes.Except(plain), .. blocks]);
    }

    private static LlmMemoryException NeedsModel(INamed format)
    {
        return new LlmMemoryException(
            ErrorIds.DataTypeNeedsModel,
            format.Name,
            $"{format.Name} stores different tensors differently, so that a count of parameters does not tell its size. "
            + "Give the model: -Model llama-3.1-8b; or a plain type such as NF4 or Q4_0.");
    }

    private static LlmMemoryException NotForModel(INamed format)
    {
        return new LlmMemoryException(
            ErrorIds.DataTypeNotForModel,
            format.Name,
            $"{format.Name} is the type of a tensor, and no tool stores a whole model in it. Give a scheme such as Q4_K_M, GPTQ or NF4.");
    }
}
