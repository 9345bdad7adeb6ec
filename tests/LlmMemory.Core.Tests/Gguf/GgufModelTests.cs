using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;
using Xunit.Abstractions;

namespace LlmMemory.Core.Tests.Gguf;

public sealed class GgufModelTests(ITestOutputHelper output)
{
    [SharedDataFact("gguf")]
    public void Every_file_has_the_bytes_that_its_description_says()
    {
        foreach (var name in GgufSpec.Names())
        {
            var spec = new GgufSpec(name);
            var model = ModelReader.FromGguf(spec.File(), name);
            output.WriteLine($"{model} {model.Quantization} {model.ActiveParameters} {model.Architecture is null} "
                + string.Join(",", (model.Layers ?? Enumerable.Empty<ModelLayer>()).GroupBy(l => l.ToString()).Select(g => $"{g.Key} x{g.Count()}"))
                + " extra: " + string.Join(",", model.Tensors.Where(t => t.Role == "Extra").Select(t => t.Name).Take(4)));
            Assert.Equal(
                spec.Tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.Bytes)),
                model.Tensors.Select(tensor => (tensor.Name, tensor.DataType, tensor.Bytes)));
        }
    }
}
