using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>Dense models of every family to the last digit.</summary>
public sealed class DenseModelCountTests
{
    public static TheoryData<string> Models => [.. DenseModelCase.All.Select(dense => dense.Model)];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_weights_of_a_model_come_out_of_its_configuration(string model)
    {
        var expected = DenseModelCase.Of(model);

        var actual = ModelReader.FromConfig(expected.Config.ToJsonString());

        Assert.Equal(
            (expected.Text, expected.Active, expected.Mtp),
            (actual.TextParameters, actual.ActiveParameters, actual.MtpParameters));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_tensor_has_a_name_of_its_own(string model)
    {
        var names = new HashSet<string>();

        Assert.All(
            ModelReader.FromConfig(DenseModelCase.Of(model).Config.ToJsonString()).Tensors,
            tensor => Assert.True(names.Add(tensor.Name), tensor.Name));
    }
}
