using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LlmMemory.DataTypes;

namespace LlmMemory.Adapters;

/// <summary>
/// How large adapter_model.safetensors is: eight bytes of length, a header in JSON that is filled up to a multiple of
/// eight, and the tensors. Sources: huggingface/safetensors safetensors/src/tensor.rs (prepare: tensors by type, the
/// widest first, then by name); huggingface/peft src/peft/peft_model.py (metadata format: pt), utils/save_and_load.py.
/// </summary>
internal static class AdapterCheckpoint
{
    // An entry has a hundred letters and more, and safetensors reads headers of up to 100,000,000 (MAX_HEADER_SIZE).
    private const long MaxTensors = 1 << 20;

    private const string Metadata = "{\"__metadata__\":{\"format\":\"pt\"}";

    /// <summary>The bytes of the file; null where it would have more tensors than a header can list.</summary>
    /// <param name="tensors">The tensors of the adapter; those that are not saved are left out.</param>
    /// <exception cref="OverflowException">The sum does not fit 64 bits.</exception>
    public static long? GetBytes(IReadOnlyList<AdapterTensor> tensors)
    {
        if (tensors.Where(tensor => tensor.IsSaved).Aggregate(0m, (sum, tensor) => sum + tensor.Count) > MaxTensors)
        {
            return null;
        }

        var (header, offset) = (Metadata.Length + 1L, 0L);
        var saved = tensors.Where(tensor => tensor.IsSaved).SelectMany(Single);
        foreach (var (name, tensor) in saved.OrderByDescending(item => Order(item.Tensor.StoredAs)).ThenBy(item => item.Name, StringComparer.Ordinal))
        {
            var end = checked(offset + (tensor.Bytes / tensor.Count));
            header = checked(header + Entry(name, tensor, offset, end).Length);
            offset = end;
        }

        const int Alignment = 8;
        return checked(Alignment + ((header + Alignment - 1) / Alignment * Alignment) + offset);
    }

    private static IEnumerable<(string Name, AdapterTensor Tensor)> Single(AdapterTensor tensor)
    {
        for (var i = 0L; i < tensor.Count; i++)
        {
            var number = "." + i.ToString(CultureInfo.InvariantCulture);
            yield return (tensor.Count == 1 ? tensor.Name : tensor.Name.Replace(".*", number), tensor);
        }
    }

    private static string Entry(string name, AdapterTensor tensor, long start, long end)
    {
        var text = new StringBuilder(",\"", name.Length + 100);
        text.Append(name).Append("\":{\"dtype\":\"").Append(tensor.DataType).Append("\",\"shape\":[");
        text.Append(string.Join(",", tensor.Shape.Select(length => length.ToString(CultureInfo.InvariantCulture))));
        text.Append("],\"data_offsets\":[").Append(start.ToString(CultureInfo.InvariantCulture));
        return text.Append(',').Append(end.ToString(CultureInfo.InvariantCulture)).Append("]}").ToString();
    }

    // The order of the types in safetensors' enumeration, as far as adapters have them.
    private static int Order(DataType type)
    {
        return type == DataTypeCatalogue.F32 ? 2 : type == DataTypeCatalogue.BF16 ? 1 : 0;
    }
}
