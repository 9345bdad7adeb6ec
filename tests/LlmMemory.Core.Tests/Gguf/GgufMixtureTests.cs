using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization;
using LlmMemory.Quantization.Gguf;
using Xunit;
using Xunit.Abstractions;

namespace LlmMemory.Core.Tests.Gguf;

public sealed class GgufMixtureTests(ITestOutputHelper output)
{
    [Fact]
    public void Scratch()
    {
        var wrong = new Dictionary<string, int>();
        var right = 0;
        var groups = File.ReadLines("/tmp/gguf-ref/oracle.tsv").Select(line => line.Split('\t')).GroupBy(row => (row[0], row[1], row[2]));
        LlmMemory.Models.LlmModel? model = null;
        var name = "";
        foreach (var group in groups)
        {
            var (spec, mixture, matrix) = group.Key;
            var scheme = Find(mixture, matrix == "1");
            if (scheme is null)
            {
                continue;
            }

            model = name == spec ? model : ModelReader.FromGguf(new GgufSpec(spec + "-F16").File(), spec);
            name = spec;
            try
            {
                var types = scheme.Quantize(model!).Tensors.ToDictionary(t => t.Name, t => t.DataType);
                foreach (var row in group)
                {
                    if (row[3] == "ERROR" || !string.Equals(types[row[3]], row[4], System.StringComparison.OrdinalIgnoreCase))
                    {
                        var key = $"{spec} {mixture} {matrix} {(row[3] == "ERROR" ? "ERROR" : $"{row[3]} {types[row[3]]} should be {row[4]}")}";
                        wrong[$"{spec} {mixture} {matrix}"] = wrong.GetValueOrDefault($"{spec} {mixture} {matrix}") + 1;
                        if (wrong[$"{spec} {mixture} {matrix}"] == 1) { output.WriteLine(key); }
                    }
                    else
                    {
                        right++;
                    }
                }
            }
            catch (LlmMemory.Errors.LlmMemoryException e)
            {
                output.WriteLine($"{spec} {mixture}: {e.Message} / oracle {group.First()[3]}");
            }
        }

        output.WriteLine($"right {right} wrong {wrong.Count}");
    }

    private static QuantizationScheme? Find(string mixture, bool matrix)
    {
        var names = mixture is "F16" or "BF16" or "F32" ? new[] { "GGUF-" + mixture } : matrix ? [mixture + "_IMATRIX", mixture] : [mixture];
        var scheme = names.Select(n => GgufMixtures.All.FirstOrDefault(s => s.Name == n)).FirstOrDefault(s => s is not null);
        return scheme is GgufMixture found && (found.HasImportanceMatrix == matrix || matrix) ? scheme : null;
    }
}
